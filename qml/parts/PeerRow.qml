import QtQuick
import Parking.Kiosk
import Parking.Screens

Row {
    id: row

    required property PeerModel peers

    spacing: Theme.space.medium

    Repeater {
        model: row.peers

        PeerChip {}
    }

    Words {
        visible: row.peers.more > 0
        color: Theme.colors.muted
        font.pixelSize: Theme.type.caption
        text: qsTr("+%1").arg(row.peers.more)
    }
}
