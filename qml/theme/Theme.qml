pragma Singleton

import QtQuick
import Parking.Kiosk

// Every colour, size and duration of the screens. `unit` and `night` are set by KioskScreen alone.
QtObject {
    id: theme

    // One pixel of the official 7 inch screen (800x480); grows with the shorter side.
    property real unit: 1
    property bool night: false

    readonly property int referenceSide: 480
    readonly property ColorScheme colors: night ? nightColors : dayColors
    readonly property ColorScheme dayColors: DayColors {}
    readonly property ColorScheme nightColors: NightColors {}

    readonly property TypeScale type: TypeScale {
        unit: theme.unit
    }
    readonly property Sizes size: Sizes {
        unit: theme.unit
    }
    readonly property Spacing space: Spacing {
        unit: theme.unit
    }
    readonly property Durations time: Durations {}

    function toneColors(tone: int): ToneColors {
        switch (tone) {
        case Tone.Welcome:
            return colors.welcome;
        case Tone.Go:
            return colors.go;
        case Tone.Wait:
            return colors.wait;
        case Tone.Stop:
            return colors.stop;
        default:
            return colors.fault;
        }
    }
}
