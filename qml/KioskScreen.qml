import QtQuick
import Parking.Kiosk
import Parking.Screens

// The whole screen, turned the way it is mounted: some displays cannot be turned by the system.
Item {
    id: screen

    required property ScreenModel model

    readonly property bool sideways: model.rotation % 180 !== 0

    LayoutMirroring.enabled: model.rightToLeft
    LayoutMirroring.childrenInherit: true

    Binding {
        target: Theme
        property: "night"
        value: screen.model.night
    }
    Binding {
        target: Theme
        property: "unit"
        value: Math.max(1, Math.min(screen.width, screen.height)) / Theme.referenceSide
    }

    Item {
        objectName: "upright"
        anchors.centerIn: parent
        width: screen.sideways ? screen.height : screen.width
        height: screen.sideways ? screen.width : screen.height
        rotation: screen.model.rotation
        clip: true

        NoticePage {
            anchors.fill: parent
            visible: screen.model.page === ScreenModel.Starting
            text: qsTr("Starting")
        }
        NoticePage {
            anchors.fill: parent
            visible: screen.model.page === ScreenModel.GateGone
            iconPath: Icons.restart
            text: qsTr("This gate is restarting,\nplease wait")
        }
        DriveUpPage {
            anchors.left: parent.left
            anchors.top: parent.top
            anchors.bottom: parent.bottom
            // Beside the demo panel, never under it.
            anchors.right: demo.visible ? demo.left : parent.right
            visible: screen.model.page === ScreenModel.DriveUp
            model: screen.model
        }
        SetupPage {
            anchors.fill: parent
            visible: screen.model.page === ScreenModel.Setup
            focus: visible
            model: screen.model
        }
        DemoPanel {
            id: demo

            visible: screen.model.demoAvailable
            model: screen.model
            height: parent.height
        }
    }
}
