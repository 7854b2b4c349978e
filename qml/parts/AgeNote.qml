import QtQuick
import Parking.Screens

// "figures from 40 s ago", with a clock beside it.
Row {
    id: note

    required property string ageText

    spacing: Theme.space.small

    Icon {
        anchors.verticalCenter: parent.verticalCenter
        side: Theme.size.smallIcon
        color: Theme.colors.cautionInk
        path: Icons.clock
    }

    Words {
        objectName: "ageText"
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.colors.cautionInk
        text: qsTr("figures from %1 ago").arg(note.ageText)
    }
}
