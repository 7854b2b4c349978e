pragma ComponentBehavior: Bound

import QtQuick
import Parking.Kiosk
import Parking.Screens

// The keys that the chosen field can use: letters and digits, or digits alone.
Column {
    id: keypad

    required property SetupForm form
    required property real keyHeight

    readonly property bool digitsOnly: form.activeField === Setup.Port || form.activeField === Setup.DiscoveryPort
    readonly property string sign: form.activeField === Setup.Name ? "_" : "."
    readonly property list<string> rows: digitsOnly ? ["123", "456", "789", "0"] : ["1234567890", "qwertyuiop", "asdfghjkl-", "zxcvbnm" + sign]
    readonly property int columns: digitsOnly ? 3 : 10
    readonly property real keyWidth: (width - spacing * (columns - 1)) / columns

    spacing: Theme.space.hair

    Repeater {
        model: keypad.rows

        KeypadRow {
            keyWidth: keypad.keyWidth
            keyHeight: keypad.keyHeight
            last: index === keypad.rows.length - 1
            onTyped: key => keypad.form.press(key)
            onErase: keypad.form.erase()
            onNext: keypad.form.next()
        }
    }
}
