import QtQuick
import QtQuick.Layouts
import Parking.Screens

// The sign, whose car park this is, and the time.
Item {
    id: header

    required property string title
    required property string clock

    implicitHeight: Theme.size.header

    RowLayout {
        anchors.fill: parent
        spacing: Theme.space.medium

        ParkingBadge {
            side: Theme.size.badge
        }
        Words {
            objectName: "title"
            Layout.fillWidth: true
            font.pixelSize: Theme.type.title
            font.weight: Theme.type.strong
            text: header.title
        }
        Words {
            color: Theme.colors.muted
            font.pixelSize: Theme.type.clock
            text: header.clock
        }
    }
}
