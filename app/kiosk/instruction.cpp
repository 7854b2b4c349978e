#include "app/kiosk/instruction.hpp"

namespace parking::kiosk {
namespace {

using core::GateState;
using core::LaneDirection;
using core::LaneState;
using core::RefusalReason;
using instruction::Kind;

bool lets_through(LaneState state) {
  return state == LaneState::opening || state == LaneState::open || state == LaneState::passing;
}

Kind for_refusal(RefusalReason reason) {
  switch (reason) {
    case RefusalReason::lot_full:
      return Kind::Full;
    case RefusalReason::no_permit_reachable:
      return Kind::Unconfirmed;
    case RefusalReason::entries_held:
      return Kind::Paused;
    case RefusalReason::locked:
      return Kind::Closed;
    case RefusalReason::sensor_fault:
    case RefusalReason::disk:
    case RefusalReason::identity:
      return Kind::OutOfOrder;
    case RefusalReason::fire:
      return Kind::FireKeepOut;
    case RefusalReason::none:
    case RefusalReason::joining:
      break;
  }
  return Kind::Wait;
}

/// What an approaching driver will meet: said before the car is at the sensor.
Kind for_idle_entry(GateState gate, core::Count free) {
  switch (gate) {
    case GateState::in_service:
      return free > 0 ? Kind::DriveUp : Kind::Full;
    case GateState::setup:
    case GateState::joining:
      return Kind::Wait;
    case GateState::entries_held:
      return Kind::Paused;
    case GateState::admissions_stopped:
    case GateState::leaving:
    case GateState::left:
    case GateState::retired:
      break;
  }
  return Kind::OutOfOrder;
}

Kind for_exit(const core::LaneView& lane) {
  if (lane.reason == RefusalReason::fire) return Kind::FireDriveOut;
  if (lets_through(lane.state)) return Kind::Goodbye;
  if (lane.state == LaneState::idle) return Kind::DriveToBarrier;
  // An exit opens even when its sensors are broken, so only a closed one turns cars away.
  if (lane.state == LaneState::fault)
    return lane.barrier == core::BarrierState::open ? Kind::Goodbye : Kind::OutOfOrder;
  return lane.state == LaneState::locked ? Kind::Closed : Kind::OneMoment;
}

}  // namespace

Kind choose_instruction(GateState gate, const core::LaneView* lane, core::Count free) {
  if (lane == nullptr) return Kind::NoSuchLane;
  if (lane->direction == LaneDirection::exit) return for_exit(*lane);
  if (lane->reason == RefusalReason::fire) return Kind::FireKeepOut;
  if (lets_through(lane->state))
    return lane->direction == LaneDirection::both ? Kind::DriveThrough : Kind::DriveIn;
  switch (lane->state) {
    case LaneState::deciding:
      return Kind::OneMoment;
    case LaneState::refused:
      return for_refusal(lane->reason);
    case LaneState::locked:
      return Kind::Closed;
    case LaneState::fault:
      return Kind::OutOfOrder;
    default:
      return for_idle_entry(gate, free);
  }
}

tone::Kind tone_of(Kind kind) {
  switch (kind) {
    case Kind::DriveUp:
    case Kind::DriveToBarrier:
      return tone::Kind::Welcome;
    case Kind::DriveIn:
    case Kind::DriveThrough:
    case Kind::Goodbye:
    case Kind::FireDriveOut:
      return tone::Kind::Go;
    case Kind::OneMoment:
    case Kind::Unconfirmed:
    case Kind::Wait:
    case Kind::Paused:
      return tone::Kind::Wait;
    case Kind::Full:
    case Kind::Closed:
    case Kind::FireKeepOut:
      return tone::Kind::Stop;
    case Kind::OutOfOrder:
    case Kind::NoSuchLane:
      break;
  }
  return tone::Kind::Fault;
}

}  // namespace parking::kiosk
