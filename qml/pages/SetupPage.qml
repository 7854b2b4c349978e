import QtQuick
import QtQuick.Layouts
import Parking.Kiosk
import Parking.Screens

// First start of a gate: who it is, where it listens, where discovery is.
Rectangle {
    id: page

    required property ScreenModel model

    readonly property bool portrait: height > width
    readonly property SetupForm form: model.setup

    color: Theme.colors.background

    Keys.onPressed: event => event.key === Qt.Key_Backspace ? form.erase() : form.press(event.text)
    Keys.onTabPressed: form.next()
    Keys.onReturnPressed: form.start()
    Keys.onEnterPressed: form.start()
    Keys.onDeletePressed: form.clear()

    GridLayout {
        anchors.fill: parent
        anchors.margins: Theme.space.medium
        anchors.topMargin: 0
        columns: page.portrait ? 1 : 2
        columnSpacing: Theme.space.medium
        rowSpacing: Theme.space.medium

        Header {
            Layout.columnSpan: parent.columns
            Layout.fillWidth: true
            title: qsTr("Set up this gate")
            clock: page.model.clock
        }

        ColumnLayout {
            Layout.preferredWidth: page.portrait ? -1 : Theme.size.formWidth
            Layout.maximumWidth: page.portrait ? page.width : Theme.size.formWidth
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.space.medium

            SetupFields {
                Layout.fillWidth: true
                form: page.form
                paired: page.portrait
            }
            Item {
                Layout.fillHeight: true
                visible: !page.portrait
            }
            TouchButton {
                objectName: "start"
                Layout.fillWidth: true
                strong: true
                enabled: page.form.ready
                fontSize: Theme.type.label
                text: page.form.sending ? qsTr("Starting …") : qsTr("Start")
                onPressed: page.form.start()
            }
        }

        ColumnLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: Theme.space.medium

            SetupAdvice {
                Layout.fillWidth: true
                Layout.fillHeight: true
                form: page.form
            }
            Keypad {
                objectName: "keypad"
                Layout.fillWidth: true
                form: page.form
                keyHeight: page.portrait ? Theme.size.tallKey : Theme.size.key
            }
        }
    }
}
