import QtQuick

QtObject {
    required property real unit

    readonly property real hair: 4 * unit
    readonly property real small: 8 * unit
    readonly property real medium: 12 * unit
    readonly property real large: 20 * unit
    readonly property real edge: 28 * unit
}
