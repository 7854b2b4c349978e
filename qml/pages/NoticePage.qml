import QtQuick
import Parking.Screens

// A full screen with one thing to say.
Rectangle {
    id: page

    required property string text
    property string iconPath: ""

    color: Theme.colors.fault.surface

    Column {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.space.edge
        spacing: Theme.space.edge

        ParkingBadge {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: page.iconPath === ""
            side: Theme.size.heroBadge
        }
        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: page.iconPath !== ""
            side: Theme.size.heroBadge
            color: Theme.colors.fault.ink
            path: page.iconPath
        }
        Words {
            objectName: "notice"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.WordWrap
            color: Theme.colors.fault.ink
            font.pixelSize: Theme.type.instruction
            font.weight: Theme.type.heavy
            text: page.text
        }
    }
}
