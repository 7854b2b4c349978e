import QtQuick
import QtQuick.Shapes
import Parking.Screens

// The parking sign: a white P on a blue square.
Rectangle {
    id: badge

    required property real side

    implicitWidth: side
    implicitHeight: side
    radius: side * 0.2
    color: Theme.colors.brand

    Shape {
        width: Theme.size.iconGrid
        height: Theme.size.iconGrid
        anchors.centerIn: parent
        scale: badge.side * 0.62 / Theme.size.iconGrid

        ShapePath {
            strokeColor: Theme.colors.brandInk
            strokeWidth: Theme.size.iconStroke * 1.8
            fillColor: Qt.rgba(0, 0, 0, 0)
            capStyle: ShapePath.FlatCap
            joinStyle: ShapePath.MiterJoin

            PathSvg {
                path: Icons.letterP
            }
        }
    }
}
