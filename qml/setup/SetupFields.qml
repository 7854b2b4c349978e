pragma ComponentBehavior: Bound

import QtQuick
import Parking.Kiosk
import Parking.Screens

// Name in one row; an address and its port share a row where there is the width for it.
Flow {
    id: fields

    required property SetupForm form
    required property bool paired

    spacing: Theme.space.small

    Repeater {
        model: fields.form

        SetupField {
            id: field

            readonly property bool port: field.field === Setup.Port || field.field === Setup.DiscoveryPort
            readonly property real portWidth: (fields.width - fields.spacing) / 3

            objectName: "field" + field.field
            width: !fields.paired || field.field === Setup.Name ? fields.width : port ? portWidth : fields.width - portWidth - fields.spacing
            onChosen: fields.form.select(field.field)
        }
    }
}
