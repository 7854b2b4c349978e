import QtQuick

// Milliseconds.
QtObject {
    readonly property int slide: 220
}
