import QtQuick

// Sizes in pixels; the number has none, it takes what room there is.
QtObject {
    required property real unit

    readonly property real caption: 15 * unit
    readonly property real body: 18 * unit
    readonly property real label: 22 * unit
    readonly property real title: 26 * unit
    readonly property real instruction: 46 * unit
    readonly property real smallestInstruction: 24 * unit
    readonly property real clock: 26 * unit

    // What glyphs are measured at before the number is scaled to its room.
    readonly property real measure: 200

    readonly property int medium: Font.Medium
    readonly property int strong: Font.DemiBold
    readonly property int heavy: Font.Bold
}
