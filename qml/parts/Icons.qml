pragma Singleton

import QtQuick
import Parking.Kiosk

// Outlines on a 24 by 24 grid.
QtObject {
    readonly property string arrowUp: "M12 21 V4 M5 11 L12 4 L19 11"
    readonly property string chevronsUp: "M5 12.5 L12 5.5 L19 12.5 M5 19.5 L12 12.5 L19 19.5"
    readonly property string hourglass: "M6 3 H18 M6 21 H18 M7.5 3 V6.5 L12 12 L16.5 6.5 V3 M7.5 21 V17.5 L12 12 L16.5 17.5 V21"
    readonly property string noEntry: "M12 2.5 A9.5 9.5 0 1 1 11.99 2.5 Z M7 12 H17"
    readonly property string warning: "M12 3.5 L21.5 20 H2.5 Z M12 10 V14 M12 17 V17.01"
    readonly property string check: "M4 12.5 L9.5 18 L20 6.5"
    readonly property string cross: "M5.5 5.5 L18.5 18.5 M18.5 5.5 L5.5 18.5"
    readonly property string dot: "M12 7 A5 5 0 1 1 11.99 7 Z"
    readonly property string clock: "M12 2.5 A9.5 9.5 0 1 1 11.99 2.5 Z M12 7 V12 L15.5 14.5"
    readonly property string restart: "M20 12 A8 8 0 1 1 17.2 5.9 M18.4 1.8 V6.8 H13.4"
    readonly property string erase: "M8.5 5 H21.5 V19 H8.5 L2.5 12 Z M11.5 9 L17.5 15 M17.5 9 L11.5 15"
    readonly property string next: "M4 12 H20 M13.5 5.5 L20 12 L13.5 18.5"
    readonly property string sliders: "M4 7 H13 M19 7 H20 M4 17 H5 M11 17 H20 M16 4.5 V9.5 M8 14.5 V19.5"
    readonly property string letterP: "M7.5 21 V3 H13 A5.6 5.6 0 0 1 13 14.2 H7.5"

    function tone(tone: int): string {
        switch (tone) {
        case Tone.Welcome:
            return chevronsUp;
        case Tone.Go:
            return arrowUp;
        case Tone.Wait:
            return hourglass;
        case Tone.Stop:
            return noEntry;
        default:
            return warning;
        }
    }

    function link(link: int): string {
        switch (link) {
        case PeerModel.Alive:
            return dot;
        case PeerModel.Late:
            return clock;
        default:
            return cross;
        }
    }
}
