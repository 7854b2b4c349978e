import QtQuick
import QtQuick.Layouts
import Parking.Kiosk
import Parking.Screens

// What the number means, how old it is when that matters, and who else is there.
GridLayout {
    id: row

    required property LotModel lot
    required property PeerModel peers
    required property bool portrait

    columns: portrait ? 1 : 4
    columnSpacing: Theme.space.large
    rowSpacing: Theme.space.medium

    Words {
        Layout.fillWidth: row.portrait
        horizontalAlignment: row.portrait ? Text.AlignHCenter : Text.AlignLeft
        font.pixelSize: Theme.type.title
        font.weight: Theme.type.strong
        text: qsTr("Free spaces")
    }
    AgeNote {
        Layout.alignment: Qt.AlignHCenter
        visible: row.lot.old
        ageText: row.lot.ageText
    }
    Item {
        Layout.fillWidth: true
        visible: !row.portrait
    }
    PeerRow {
        Layout.alignment: row.portrait ? Qt.AlignHCenter : Qt.AlignRight
        peers: row.peers
    }
}
