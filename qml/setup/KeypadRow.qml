pragma ComponentBehavior: Bound

import QtQuick
import Parking.Screens

// One row of keys; the last ends with "erase" and "next field".
Row {
    id: row

    required property string modelData
    required property int index
    required property real keyWidth
    required property real keyHeight
    required property bool last

    signal typed(key: string)
    signal erase
    signal next

    spacing: Theme.space.hair

    Repeater {
        model: row.modelData.split("")

        TouchButton {
            required property string modelData

            objectName: "key " + modelData
            width: row.keyWidth
            height: row.keyHeight
            fontSize: Theme.type.label
            text: modelData
            onPressed: row.typed(modelData)
        }
    }
    TouchButton {
        objectName: "key erase"
        visible: row.last
        width: row.keyWidth
        height: row.keyHeight
        iconPath: Icons.erase
        onPressed: row.erase()
    }
    TouchButton {
        objectName: "key next"
        visible: row.last
        width: row.keyWidth
        height: row.keyHeight
        iconPath: Icons.next
        onPressed: row.next()
    }
}
