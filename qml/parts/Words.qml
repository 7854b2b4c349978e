import QtQuick
import Parking.Screens

// Text in the theme's ink; every word on the screen is one of these.
Text {
    color: Theme.colors.ink
    font.pixelSize: Theme.type.body
    font.weight: Theme.type.medium
    textFormat: Text.PlainText
    elide: Text.ElideRight
}
