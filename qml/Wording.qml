pragma Singleton

import QtQuick
import Parking.Kiosk

// The words for what the view models say in enumerations.
QtObject {
    function instruction(kind: int, lane: string): string {
        switch (kind) {
        case Instruction.DriveUp:
            return qsTr("Welcome, please drive up");
        case Instruction.OneMoment:
            return qsTr("One moment, please");
        case Instruction.DriveIn:
            return qsTr("Please drive in");
        case Instruction.DriveThrough:
            return qsTr("Please drive through");
        case Instruction.Full:
            return qsTr("Full, please wait");
        case Instruction.Unconfirmed:
            return qsTr("No space can be confirmed,\nplease wait");
        case Instruction.Wait:
            return qsTr("Please wait");
        case Instruction.Paused:
            return qsTr("Entry is paused,\nplease wait");
        case Instruction.Closed:
            return qsTr("Closed,\nplease use another gate");
        case Instruction.OutOfOrder:
            return qsTr("Out of order,\nplease use another gate");
        case Instruction.DriveToBarrier:
            return qsTr("Drive to the barrier");
        case Instruction.Goodbye:
            return qsTr("Goodbye, drive safely");
        case Instruction.FireKeepOut:
            return qsTr("Fire alarm,\nplease do not drive in");
        case Instruction.FireDriveOut:
            return qsTr("Fire alarm,\nplease drive out");
        default:
            return lane === "" ? qsTr("This gate has no lanes,\nplease use another gate") : qsTr("No lane “%1” here,\nplease use another gate").arg(lane);
        }
    }

    function field(field: int): string {
        switch (field) {
        case Setup.Name:
            return qsTr("Name of this gate");
        case Setup.Address:
            return qsTr("Address of this gate");
        case Setup.DiscoveryAddress:
            return qsTr("Address of discovery");
        default:
            return qsTr("Port");
        }
    }

    function fieldTitle(field: int): string {
        switch (field) {
        case Setup.Port:
            return qsTr("Port of this gate");
        case Setup.DiscoveryPort:
            return qsTr("Port of discovery");
        default:
            return this.field(field);
        }
    }

    function fieldHelp(field: int): string {
        switch (field) {
        case Setup.Name:
            return qsTr("How the other gates and the operator call this one, such as “north”.");
        case Setup.Address:
            return qsTr("Where the other gates reach this one.");
        case Setup.Port:
            return qsTr("7411 unless another program uses it.");
        case Setup.DiscoveryAddress:
            return qsTr("The central computer that knows all gates.");
        default:
            return qsTr("7400 unless the central computer was set up differently.");
        }
    }

    function problem(problem: int): string {
        switch (problem) {
        case Setup.Empty:
            return qsTr("Please fill this in.");
        case Setup.NameWrong:
            return qsTr("Use up to 32 of a–z, 0–9, - and _, and begin with a letter or a digit.");
        case Setup.NameReserved:
            return qsTr("“office” is the central computer. Choose another name.");
        case Setup.AddressWrong:
            return qsTr("Use four numbers up to 255, such as 192.168.0.11, or a host name.");
        case Setup.PortWrong:
            return qsTr("Use a number from 1 to 65535.");
        default:
            return qsTr("This is fine.");
        }
    }

    function direction(direction: int): string {
        switch (direction) {
        case LaneModel.Entry:
            return qsTr("entry");
        case LaneModel.Exit:
            return qsTr("exit");
        default:
            return qsTr("entry and exit");
        }
    }

    function link(link: int): string {
        return link === PeerModel.Late ? qsTr("late") : qsTr("gone");
    }
}
