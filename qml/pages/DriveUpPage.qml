import QtQuick
import QtQuick.Layouts
import Parking.Kiosk
import Parking.Screens

// What a driver sees: how many spaces are free, and what to do.
Rectangle {
    id: page

    required property ScreenModel model

    readonly property bool portrait: height > width

    color: Theme.colors.background

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Header {
            objectName: "header"
            Layout.fillWidth: true
            Layout.leftMargin: Theme.space.edge
            Layout.rightMargin: Theme.space.edge
            title: page.model.lot.name
            clock: page.model.clock
        }

        Item {
            id: room

            readonly property real rest: figures.implicitHeight + 2 * Theme.space.medium

            Layout.fillWidth: true
            Layout.fillHeight: true

            // In portrait the number and what it means stand together in the middle.
            Column {
                anchors.centerIn: parent
                width: parent.width - 2 * Theme.space.edge
                spacing: page.portrait ? Theme.space.edge : Theme.space.medium

                BigNumber {
                    objectName: "freeNumber"
                    anchors.horizontalCenter: parent.horizontalCenter
                    value: page.model.lot.freeSpaces
                    known: page.model.lot.known
                    digits: page.model.lot.digits
                    roomWidth: parent.width
                    roomHeight: room.height - room.rest
                    color: page.model.lot.full ? Theme.colors.alertInk : Theme.colors.ink
                }
                FiguresRow {
                    id: figures

                    width: parent.width
                    lot: page.model.lot
                    peers: page.model.peers
                    portrait: page.portrait
                }
            }
        }

        InstructionBand {
            objectName: "instructionBand"
            Layout.fillWidth: true
            tall: page.portrait
            instruction: page.model.instruction
            tone: page.model.tone
            laneName: page.model.laneName
        }
    }
}
