pragma ComponentBehavior: Bound

import QtQuick
import Parking.Kiosk
import Parking.Screens

// On the simulated board only: slides in from the side and plays the cars.
Item {
    id: panel

    required property ScreenModel model

    readonly property bool open: model.demoOpen

    objectName: "demoPanel"
    width: Theme.size.panel
    x: open ? parent.width - width : parent.width

    Behavior on x {
        NumberAnimation {
            duration: Theme.time.slide
            easing.type: Easing.OutCubic
        }
    }

    TouchButton {
        objectName: "demoHandle"
        anchors.right: parent.left
        anchors.rightMargin: Theme.space.small
        anchors.top: parent.top
        anchors.topMargin: Theme.size.header
        width: Theme.size.touch
        height: Theme.size.touch
        visible: !panel.open
        iconPath: Icons.sliders
        onPressed: panel.model.demoOpen = true
    }

    Rectangle {
        anchors.fill: parent
        visible: panel.x < panel.parent.width
        color: Theme.colors.surface
        border.width: Theme.size.border
        border.color: Theme.colors.line

        // Touches beside the buttons must not reach the page below.
        MouseArea {
            anchors.fill: parent
        }

        Flickable {
            anchors.fill: parent
            anchors.margins: Theme.space.medium
            contentHeight: content.implicitHeight
            clip: true

            DemoContent {
                id: content

                width: parent.width
                model: panel.model
            }
        }
    }
}
