import QtQuick
import Parking.Kiosk
import Parking.Screens

// The sensors of one lane: touch to put a car on them, touch again to take it away.
Column {
    id: lane

    required property string name
    required property int direction
    required property bool approach
    required property bool passage
    required property DemoBoard demo

    readonly property real half: (width - buttons.spacing) / 2

    spacing: Theme.space.hair

    Words {
        width: parent.width
        color: Theme.colors.muted
        font.pixelSize: Theme.type.caption
        text: qsTr("Lane %1, %2").arg(lane.name).arg(Wording.direction(lane.direction))
    }

    Row {
        id: buttons

        spacing: Theme.space.small

        TouchButton {
            objectName: "approach " + lane.name
            width: lane.half
            on: lane.approach
            iconPath: lane.approach ? Icons.check : ""
            text: qsTr("Approach")
            onPressed: lane.demo.setApproach(lane.name, !lane.approach)
        }
        TouchButton {
            objectName: "passage " + lane.name
            width: lane.half
            on: lane.passage
            iconPath: lane.passage ? Icons.check : ""
            text: qsTr("Passage")
            onPressed: lane.demo.setPassage(lane.name, !lane.passage)
        }
    }
}
