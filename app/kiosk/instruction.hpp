#pragma once

#include <QObject>

#include <QtQml/qqmlregistration.h>

#include "app/core/snapshot.hpp"

/// What a driver is told. The words are the screens'; which of them applies is decided here.
namespace parking::kiosk {

namespace instruction {
Q_NAMESPACE
QML_NAMED_ELEMENT(Instruction)

enum class Kind {
  DriveUp,         ///< entry, nobody there, spaces free
  OneMoment,       ///< the gate is deciding
  DriveIn,         ///< admitted
  DriveThrough,    ///< a lane of both directions is open
  Full,            ///< the lot has no space
  Unconfirmed,     ///< no permit here, and the others cannot be reached
  Wait,            ///< the gate is joining the lot
  Paused,          ///< entries are held: recount, or stopped by the operator
  Closed,          ///< this lane is locked
  OutOfOrder,      ///< sensors, disk or identity: an operator must come
  DriveToBarrier,  ///< exit, nobody there
  Goodbye,         ///< exit, open
  FireKeepOut,     ///< fire alarm, entry
  FireDriveOut,    ///< fire alarm, exit
  NoSuchLane       ///< kiosk.toml names a lane that the gate does not have
};
Q_ENUM_NS(Kind)
}  // namespace instruction

namespace tone {
Q_NAMESPACE
QML_NAMED_ELEMENT(Tone)

/// Each has a colour and an icon of its own.
enum class Kind { Welcome, Go, Wait, Stop, Fault };
Q_ENUM_NS(Kind)
}  // namespace tone

/// What stands at a lane now. `lane` is null when the gate has no such lane.
instruction::Kind choose_instruction(core::GateState gate, const core::LaneView* lane,
                                     core::Count free);

tone::Kind tone_of(instruction::Kind kind);

}  // namespace parking::kiosk
