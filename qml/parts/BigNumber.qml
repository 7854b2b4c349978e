import QtQuick
import Parking.Screens

// A number as large as its room allows. The item's own rectangle is the ink of the digits, so
// that what is laid out beside it stands where the eye expects it.
Item {
    id: root

    required property int value
    // Without it a dash stands for the number.
    required property bool known
    // Room is kept for this many digits.
    required property int digits
    required property real roomWidth
    required property real roomHeight
    required property color color

    readonly property real scaleByWidth: roomWidth / (digits * digit.advanceWidth)
    readonly property real scaleByHeight: roomHeight / digit.tightBoundingRect.height
    readonly property real factor: Math.max(0, Math.min(scaleByWidth, scaleByHeight))
    readonly property string text: number.text

    implicitWidth: number.implicitWidth
    implicitHeight: digit.tightBoundingRect.height * factor

    TextMetrics {
        id: digit

        text: "0"
        font.pixelSize: Theme.type.measure
        font.weight: Theme.type.heavy
    }

    Words {
        id: number

        anchors.horizontalCenter: parent.horizontalCenter
        y: -digit.tightBoundingRect.y * root.factor - baselineOffset
        color: root.color
        elide: Text.ElideNone
        font.pixelSize: Math.max(1, Math.floor(Theme.type.measure * root.factor))
        font.weight: Theme.type.heavy
        text: root.known ? root.value : "–"
    }
}
