import QtQuick

// Acts when a finger touches, not when it leaves: wet and gloved fingers slide.
MouseArea {
    signal tapped

    onPressed: tapped()
}
