import QtQuick

// A coloured surface and what is written on it.
QtObject {
    required property color surface
    required property color ink
}
