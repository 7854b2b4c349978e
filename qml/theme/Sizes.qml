import QtQuick

QtObject {
    required property real unit

    // Smallest thing a finger must hit.
    readonly property real touch: 48 * unit
    readonly property real key: 50 * unit
    readonly property real tallKey: 68 * unit
    readonly property real header: 64 * unit
    readonly property real badge: 42 * unit
    readonly property real heroBadge: 96 * unit
    readonly property real band: 116 * unit
    readonly property real bandIcon: 72 * unit
    // In portrait the band has the height to carry its icon above the words.
    readonly property real tallBand: 236 * unit
    readonly property real tallBandIcon: 96 * unit
    readonly property real smallIcon: 20 * unit
    readonly property real chipName: 64 * unit
    readonly property real chipIcon: 13 * unit
    readonly property real radius: 8 * unit
    readonly property real border: 1.5 * unit
    readonly property real focusBorder: 3 * unit
    readonly property real field: 58 * unit
    readonly property real formWidth: 246 * unit
    readonly property real panel: 300 * unit

    // All icons are drawn on a square of this side and scaled.
    readonly property real iconGrid: 24
    readonly property real iconStroke: 2.4
}
