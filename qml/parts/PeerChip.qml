import QtQuick
import Parking.Kiosk
import Parking.Screens

// Another gate: a sign for its link, its name, and its age once that matters.
Row {
    id: chip

    required property string name
    required property int link
    required property string ageText

    readonly property bool troubled: link !== PeerModel.Alive
    readonly property color ink: troubled ? Theme.colors.cautionInk : Theme.colors.muted

    spacing: Theme.space.hair

    Icon {
        anchors.verticalCenter: parent.verticalCenter
        side: Theme.size.chipIcon
        color: chip.ink
        filled: !chip.troubled
        path: Icons.link(chip.link)
    }

    Words {
        anchors.verticalCenter: parent.verticalCenter
        color: chip.ink
        font.pixelSize: Theme.type.caption
        width: Math.min(implicitWidth, Theme.size.chipName)
        text: chip.name
    }
    Words {
        anchors.verticalCenter: parent.verticalCenter
        visible: chip.troubled
        color: chip.ink
        font.pixelSize: Theme.type.caption
        text: qsTr("%1 %2", "state of a gate and its age").arg(Wording.link(chip.link)).arg(chip.ageText)
    }
}
