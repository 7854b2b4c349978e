import QtQuick
import Parking.Screens

// A button for fingers: never smaller than Theme.size.touch.
Rectangle {
    id: button

    property string text: ""
    property string iconPath: ""
    property bool strong: false
    property bool on: false
    property real fontSize: Theme.type.body

    readonly property color ink: !enabled ? Theme.colors.muted : strong || on ? Theme.colors.brandInk : Theme.colors.ink

    signal pressed

    implicitWidth: Math.max(Theme.size.touch, content.implicitWidth + 2 * Theme.space.medium)
    implicitHeight: Theme.size.touch
    radius: Theme.size.radius
    color: touch.pressed ? Theme.colors.line : enabled && (strong || on) ? Theme.colors.brand : Theme.colors.surface
    border.width: Theme.size.border
    border.color: enabled && (strong || on) ? Theme.colors.brand : Theme.colors.line

    Row {
        id: content

        anchors.centerIn: parent
        spacing: Theme.space.small

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: button.iconPath !== ""
            side: Theme.size.smallIcon
            color: touch.pressed ? Theme.colors.ink : button.ink
            path: button.iconPath
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            visible: button.text !== ""
            color: touch.pressed ? Theme.colors.ink : button.ink
            font.pixelSize: button.fontSize
            font.weight: Theme.type.strong
            text: button.text
        }
    }

    TapArea {
        id: touch

        anchors.fill: parent
        onTapped: button.pressed()
    }
}
