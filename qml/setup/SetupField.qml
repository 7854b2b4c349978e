import QtQuick
import Parking.Kiosk
import Parking.Screens

// One field of the form: what it is, what it holds, and a sign when something is wrong with it.
Rectangle {
    id: root

    required property int field
    required property string text
    required property int problem
    required property bool active

    readonly property bool wrong: problem !== Setup.None

    signal chosen

    implicitHeight: Theme.size.field
    radius: Theme.size.radius
    color: Theme.colors.surface
    border.width: active ? Theme.size.focusBorder : Theme.size.border
    border.color: active ? Theme.colors.focus : Theme.colors.line

    Column {
        anchors.verticalCenter: parent.verticalCenter
        anchors.left: parent.left
        anchors.right: sign.left
        anchors.leftMargin: Theme.space.medium
        anchors.rightMargin: Theme.space.hair

        Words {
            width: parent.width
            color: Theme.colors.muted
            font.pixelSize: Theme.type.caption
            text: Wording.field(root.field)
        }
        Row {
            spacing: Theme.size.border

            Words {
                width: Math.min(implicitWidth, root.width - sign.width - 2 * Theme.space.medium - Theme.space.small)
                font.pixelSize: Theme.type.label
                font.weight: Theme.type.strong
                elide: Text.ElideLeft
                text: root.text
            }
            Rectangle {
                visible: root.active
                anchors.verticalCenter: parent.verticalCenter
                width: Theme.size.focusBorder
                height: Theme.type.label
                color: Theme.colors.focus
            }
        }
    }

    Icon {
        id: sign

        anchors.verticalCenter: parent.verticalCenter
        anchors.right: parent.right
        anchors.rightMargin: Theme.space.small
        side: Theme.size.smallIcon
        color: root.wrong ? Theme.colors.alertInk : Theme.colors.muted
        path: root.wrong ? Icons.warning : Icons.check
    }

    TapArea {
        anchors.fill: parent
        onTapped: root.chosen()
    }
}
