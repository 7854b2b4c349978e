import QtQuick
import Parking.Kiosk
import Parking.Screens

Window {
    id: window

    required property ScreenModel model

    title: qsTr("Parking")
    color: Theme.colors.background

    KioskScreen {
        anchors.fill: parent
        model: window.model
    }
}
