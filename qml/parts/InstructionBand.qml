import QtQuick
import QtQuick.Layouts
import Parking.Screens

// What the driver is to do: icon, words and colour say the same.
Rectangle {
    id: band

    required property int instruction
    required property int tone
    required property string laneName
    property bool tall: false

    readonly property ToneColors look: Theme.toneColors(tone)
    readonly property real iconSide: tall ? Theme.size.tallBandIcon : Theme.size.bandIcon
    readonly property string text: words.text

    implicitHeight: tall ? Theme.size.tallBand : Theme.size.band
    color: look.surface

    GridLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.space.edge
        anchors.rightMargin: Theme.space.edge
        anchors.topMargin: Theme.space.medium
        anchors.bottomMargin: Theme.space.medium
        columns: band.tall ? 1 : 2
        columnSpacing: Theme.space.edge
        rowSpacing: Theme.space.small

        Icon {
            Layout.alignment: band.tall ? Qt.AlignHCenter : Qt.AlignVCenter
            side: band.iconSide
            color: band.look.ink
            path: Icons.tone(band.tone)
        }
        Words {
            id: words

            objectName: "instruction"
            Layout.fillWidth: true
            Layout.fillHeight: true
            horizontalAlignment: band.tall ? Text.AlignHCenter : Text.AlignLeft
            verticalAlignment: Text.AlignVCenter
            wrapMode: Text.WordWrap
            elide: Text.ElideNone
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.type.smallestInstruction
            color: band.look.ink
            font.pixelSize: Theme.type.instruction
            font.weight: Theme.type.heavy
            text: Wording.instruction(band.instruction, band.laneName)
        }
    }
}
