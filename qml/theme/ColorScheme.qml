import QtQuick

// The colours that a theme must give. Pairs that carry words are tested for a contrast of 7:1.
QtObject {
    required property color background
    required property color surface
    required property color line
    required property color ink
    required property color muted
    required property color alertInk
    required property color cautionInk
    required property color brand
    required property color brandInk
    required property color focus

    required property ToneColors welcome
    required property ToneColors go
    required property ToneColors wait
    required property ToneColors stop
    required property ToneColors fault
}
