#include "app/kiosk/instruction.hpp"

#include <array>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace parking::kiosk {
namespace {

using core::BarrierState;
using core::GateState;
using core::LaneDirection;
using core::LaneState;
using core::RefusalReason;
using instruction::Kind;

constexpr core::Count some = 3;

constexpr std::array directions{LaneDirection::entry, LaneDirection::exit, LaneDirection::both};
constexpr std::array states{LaneState::idle,    LaneState::deciding, LaneState::refused,
                            LaneState::opening, LaneState::open,     LaneState::passing,
                            LaneState::locked,  LaneState::fault};
constexpr std::array reasons{RefusalReason::none,         RefusalReason::lot_full,
                             RefusalReason::joining,      RefusalReason::no_permit_reachable,
                             RefusalReason::entries_held, RefusalReason::locked,
                             RefusalReason::sensor_fault, RefusalReason::disk,
                             RefusalReason::identity,     RefusalReason::fire};
constexpr std::array gates{GateState::setup,      GateState::joining,
                           GateState::in_service, GateState::entries_held,
                           GateState::leaving,    GateState::admissions_stopped,
                           GateState::left,       GateState::retired};

core::LaneView lane(LaneDirection direction, LaneState state,
                    RefusalReason reason = RefusalReason::none) {
  core::LaneView view;
  view.name = "a";
  view.direction = direction;
  view.state = state;
  view.reason = reason;
  return view;
}

Kind told(const core::LaneView& view, GateState gate = GateState::in_service,
          core::Count free = some) {
  return choose_instruction(gate, &view, free);
}

/// What an entry, or a lane of both directions, says in each state for a reason that is no fire.
Kind expected_entry(LaneDirection direction, LaneState state, Kind refusal) {
  switch (state) {
    case LaneState::idle:
      return Kind::DriveUp;
    case LaneState::deciding:
      return Kind::OneMoment;
    case LaneState::refused:
      return refusal;
    case LaneState::opening:
    case LaneState::open:
    case LaneState::passing:
      return direction == LaneDirection::both ? Kind::DriveThrough : Kind::DriveIn;
    case LaneState::locked:
      return Kind::Closed;
    case LaneState::fault:
      break;
  }
  return Kind::OutOfOrder;
}

Kind expected_exit(LaneState state) {
  switch (state) {
    case LaneState::idle:
      return Kind::DriveToBarrier;
    case LaneState::deciding:
    case LaneState::refused:
      return Kind::OneMoment;
    case LaneState::opening:
    case LaneState::open:
    case LaneState::passing:
      return Kind::Goodbye;
    case LaneState::locked:
      return Kind::Closed;
    case LaneState::fault:
      break;
  }
  return Kind::OutOfOrder;
}

Kind expected_refusal(RefusalReason reason) {
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

TEST(AnInstruction, FitsEachStateReasonAndDirection) {
  for (const auto direction : directions)
    for (const auto state : states)
      for (const auto reason : reasons) {
        const bool exit = direction == LaneDirection::exit;
        const Kind wanted = reason == RefusalReason::fire
                                ? (exit ? Kind::FireDriveOut : Kind::FireKeepOut)
                            : exit ? expected_exit(state)
                                   : expected_entry(direction, state, expected_refusal(reason));
        EXPECT_EQ(told(lane(direction, state, reason)), wanted)
            << to_string(direction) << ' ' << to_string(state) << ' ' << to_string(reason);
      }
}

TEST(AnInstruction, TellsAFullLotFromSpacesThatNobodyCanConfirm) {
  EXPECT_EQ(told(lane(LaneDirection::entry, LaneState::refused, RefusalReason::lot_full)),
            Kind::Full);
  EXPECT_EQ(
      told(lane(LaneDirection::entry, LaneState::refused, RefusalReason::no_permit_reachable)),
      Kind::Unconfirmed);
}

TEST(AnIdleEntry, SaysWhatTheGateWillSay) {
  const auto idle = lane(LaneDirection::entry, LaneState::idle);
  for (const auto gate : gates) {
    Kind wanted = Kind::OutOfOrder;
    if (gate == GateState::in_service) wanted = Kind::DriveUp;
    if (gate == GateState::setup || gate == GateState::joining) wanted = Kind::Wait;
    if (gate == GateState::entries_held) wanted = Kind::Paused;
    EXPECT_EQ(told(idle, gate), wanted) << to_string(gate);
  }
}

TEST(AnIdleEntry, SaysThatTheLotIsFullBeforeAnyoneDrivesUp) {
  EXPECT_EQ(told(lane(LaneDirection::entry, LaneState::idle), GateState::in_service, 0),
            Kind::Full);
}

TEST(AnExit, StaysOpenWhateverTheGateIsDoing) {
  for (const auto gate : gates) {
    EXPECT_EQ(told(lane(LaneDirection::exit, LaneState::idle), gate, 0), Kind::DriveToBarrier);
    EXPECT_EQ(told(lane(LaneDirection::exit, LaneState::open), gate, 0), Kind::Goodbye);
  }
}

TEST(AnExit, ThatIsBrokenLetsCarsOutAsLongAsItIsOpen) {
  for (const auto barrier :
       {BarrierState::unknown, BarrierState::closed, BarrierState::opening, BarrierState::open}) {
    auto broken = lane(LaneDirection::exit, LaneState::fault, RefusalReason::sensor_fault);
    broken.barrier = barrier;
    EXPECT_EQ(told(broken), barrier == BarrierState::open ? Kind::Goodbye : Kind::OutOfOrder);
  }
}

TEST(ALaneThatTheGateDoesNotHave, IsSaidToBeMissing) {
  for (const auto gate : gates)
    EXPECT_EQ(choose_instruction(gate, nullptr, some), Kind::NoSuchLane);
}

TEST(ATone, IsGivenToEveryInstruction) {
  const std::vector<std::pair<Kind, tone::Kind>> all{{Kind::DriveUp, tone::Kind::Welcome},
                                                     {Kind::OneMoment, tone::Kind::Wait},
                                                     {Kind::DriveIn, tone::Kind::Go},
                                                     {Kind::DriveThrough, tone::Kind::Go},
                                                     {Kind::Full, tone::Kind::Stop},
                                                     {Kind::Unconfirmed, tone::Kind::Wait},
                                                     {Kind::Wait, tone::Kind::Wait},
                                                     {Kind::Paused, tone::Kind::Wait},
                                                     {Kind::Closed, tone::Kind::Stop},
                                                     {Kind::OutOfOrder, tone::Kind::Fault},
                                                     {Kind::DriveToBarrier, tone::Kind::Welcome},
                                                     {Kind::Goodbye, tone::Kind::Go},
                                                     {Kind::FireKeepOut, tone::Kind::Stop},
                                                     {Kind::FireDriveOut, tone::Kind::Go},
                                                     {Kind::NoSuchLane, tone::Kind::Fault}};
  for (const auto& [kind, tone] : all) EXPECT_EQ(tone_of(kind), tone) << static_cast<int>(kind);
}

}  // namespace
}  // namespace parking::kiosk
