import QtQuick
import QtQuick.Shapes
import Parking.Screens

// A line drawing on Theme.size.iconGrid squared, scaled to `side`.
Item {
    id: icon

    required property string path
    required property color color
    required property real side
    property bool filled: false

    implicitWidth: side
    implicitHeight: side

    Shape {
        width: Theme.size.iconGrid
        height: Theme.size.iconGrid
        scale: icon.side / Theme.size.iconGrid
        transformOrigin: Item.TopLeft

        ShapePath {
            strokeColor: icon.color
            strokeWidth: Theme.size.iconStroke
            fillColor: icon.filled ? icon.color : Qt.rgba(0, 0, 0, 0)
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin

            PathSvg {
                path: icon.path
            }
        }
    }
}
