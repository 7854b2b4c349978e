pragma ComponentBehavior: Bound

import QtQuick
import Parking.Kiosk
import Parking.Screens

Column {
    id: content

    required property ScreenModel model

    spacing: Theme.space.medium

    Item {
        width: parent.width
        height: Theme.size.touch

        Words {
            anchors.left: parent.left
            anchors.right: close.left
            anchors.verticalCenter: parent.verticalCenter
            font.pixelSize: Theme.type.label
            font.weight: Theme.type.strong
            text: qsTr("Demo: gate %1").arg(content.model.gateName)
        }
        TouchButton {
            id: close

            objectName: "demoClose"
            anchors.right: parent.right
            iconPath: Icons.cross
            onPressed: content.model.demoOpen = false
        }
    }

    Repeater {
        model: content.model.lanes

        DemoLane {
            width: content.width
            demo: content.model.demo
        }
    }

    TouchButton {
        width: parent.width
        text: content.model.entriesAllowed ? qsTr("Stop entries") : qsTr("Allow entries")
        onPressed: content.model.demo.allowEntries(!content.model.entriesAllowed)
    }

    Words {
        objectName: "demoError"
        width: parent.width
        visible: text !== ""
        color: Theme.colors.alertInk
        wrapMode: Text.WordWrap
        text: content.model.demo.error
    }
}
