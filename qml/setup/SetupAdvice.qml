import QtQuick
import QtQuick.Layouts
import Parking.Kiosk
import Parking.Screens

// About the chosen field: what it is for, and in words what is wrong with it. What the gate said
// against the whole form comes first.
Rectangle {
    id: advice

    required property SetupForm form

    readonly property bool refused: form.gateError !== ""
    readonly property bool wrong: form.activeProblem !== Setup.None

    implicitHeight: content.implicitHeight + 2 * Theme.space.small
    radius: Theme.size.radius
    color: Theme.colors.surface

    ColumnLayout {
        id: content

        anchors.fill: parent
        anchors.margins: Theme.space.small
        anchors.leftMargin: Theme.space.medium
        anchors.rightMargin: Theme.space.medium
        spacing: Theme.space.hair

        Words {
            Layout.fillWidth: true
            font.pixelSize: Theme.type.label
            font.weight: Theme.type.strong
            text: advice.refused ? qsTr("The gate cannot start") : Wording.fieldTitle(advice.form.activeField)
        }
        Words {
            Layout.fillWidth: true
            visible: !advice.refused
            color: Theme.colors.muted
            wrapMode: Text.WordWrap
            text: Wording.fieldHelp(advice.form.activeField)
        }
        RowLayout {
            spacing: Theme.space.small

            Icon {
                Layout.alignment: Qt.AlignTop
                side: Theme.size.smallIcon
                color: verdict.color
                path: advice.refused || advice.wrong ? Icons.warning : Icons.check
            }
            Words {
                id: verdict

                objectName: "verdict"
                Layout.fillWidth: true
                color: advice.refused || advice.wrong ? Theme.colors.alertInk : Theme.colors.ink
                wrapMode: Text.WordWrap
                maximumLineCount: 3
                text: advice.refused ? advice.form.gateError : Wording.problem(advice.form.activeProblem)
            }
        }
        Item {
            Layout.fillHeight: true
        }
    }
}
