#pragma once

#include <array>
#include <cassert>
#include <utility>

#include "app/core/messages.hpp"
#include "app/core/snapshot.hpp"
#include "app/wire/local.hpp"
#include "app/wire/local.pb.h"
#include "app/wire/parking.pb.h"

/// Which value on the wire stands for which value in the core. Written out, so that reordering an
/// enum in the core cannot change what is sent.
namespace parking::wire::enums {

template <typename Pb, typename Core, std::size_t N>
constexpr auto table(const std::pair<Pb, Core> (&rows)[N]) {
  return std::to_array(rows);
}

template <typename Table, typename Core>
auto to_wire(const Table& table, Core value) {
  for (const auto& [wire, core] : table)
    if (core == value) return wire;
  assert(false && "a value is missing in its table");
  return decltype(table.front().first){};
}

inline constexpr auto refusal_codes = table<pb::Refusal::Code, core::RefusalCode>({
    {pb::Refusal::OTHER_PROTOCOL, core::RefusalCode::other_protocol},
    {pb::Refusal::OTHER_LOT, core::RefusalCode::other_lot},
    {pb::Refusal::SUPERSEDED, core::RefusalCode::superseded},
    {pb::Refusal::GATE_ID_TAKEN, core::RefusalCode::gate_id_taken},
    {pb::Refusal::NOT_UNDERSTOOD, core::RefusalCode::not_understood},
    {pb::Refusal::TOO_MANY, core::RefusalCode::too_many},
    {pb::Refusal::ALREADY_CONNECTED, core::RefusalCode::already_connected},
    {pb::Refusal::RETIRED, core::RefusalCode::retired},
});

inline constexpr auto demand_ranks = table<pb::Inquiry::Rank, core::DemandRank>({
    {pb::Inquiry::WAITING, core::DemandRank::waiting},
    {pb::Inquiry::CAPACITY_CUT, core::DemandRank::capacity_cut},
    {pb::Inquiry::DEBT, core::DemandRank::debt},
});

inline constexpr auto recount_steps = table<pb::RecountRequest::Step, core::RecountStep>({
    {pb::RecountRequest::BEGIN, core::RecountStep::begin},
    {pb::RecountRequest::COUNT, core::RecountStep::count},
    {pb::RecountRequest::CANCEL, core::RecountStep::cancel},
});

inline constexpr auto peer_statuses = table<pb::Reply::Status, core::PeerStatus>({
    {pb::Reply::JOINING, core::PeerStatus::joining},
    {pb::Reply::IN_SERVICE, core::PeerStatus::in_service},
    {pb::Reply::ENTRIES_HELD, core::PeerStatus::entries_held},
    {pb::Reply::STOPPED, core::PeerStatus::stopped},
});

inline constexpr auto peer_states = table<pb::PeerInfo::State, core::PeerState>({
    {pb::PeerInfo::ALIVE, core::PeerState::alive},
    {pb::PeerInfo::LATE, core::PeerState::late},
    {pb::PeerInfo::GONE, core::PeerState::gone},
    {pb::PeerInfo::RETIRED, core::PeerState::retired},
});

inline constexpr auto presences = table<pb::Presence, core::Presence>({
    {pb::PRESENCE_UNKNOWN, core::Presence::unknown},
    {pb::PRESENCE_CLEAR, core::Presence::clear},
    {pb::PRESENCE_PRESENT, core::Presence::present},
    {pb::PRESENCE_FAULT, core::Presence::fault},
});

inline constexpr auto link_states = table<pb::LinkState, core::LinkState>({
    {pb::LINK_ALIVE, core::LinkState::alive},
    {pb::LINK_LATE, core::LinkState::late},
    {pb::LINK_GONE, core::LinkState::gone},
    {pb::LINK_RETIRED, core::LinkState::retired},
});

inline constexpr auto gate_states = table<pb::GateView::State, core::GateState>({
    {pb::GateView::SETUP, core::GateState::setup},
    {pb::GateView::JOINING, core::GateState::joining},
    {pb::GateView::IN_SERVICE, core::GateState::in_service},
    {pb::GateView::ENTRIES_HELD, core::GateState::entries_held},
    {pb::GateView::ADMISSIONS_STOPPED, core::GateState::admissions_stopped},
    {pb::GateView::LEAVING, core::GateState::leaving},
    {pb::GateView::LEFT, core::GateState::left},
    {pb::GateView::RETIRED, core::GateState::retired},
});

inline constexpr auto lane_directions = table<pb::LaneView::Direction, core::LaneDirection>({
    {pb::LaneView::ENTRY, core::LaneDirection::entry},
    {pb::LaneView::EXIT, core::LaneDirection::exit},
    {pb::LaneView::BOTH, core::LaneDirection::both},
});

inline constexpr auto lane_states = table<pb::LaneView::State, core::LaneState>({
    {pb::LaneView::IDLE, core::LaneState::idle},
    {pb::LaneView::DECIDING, core::LaneState::deciding},
    {pb::LaneView::REFUSED, core::LaneState::refused},
    {pb::LaneView::OPENING, core::LaneState::opening},
    {pb::LaneView::OPEN, core::LaneState::open},
    {pb::LaneView::PASSING, core::LaneState::passing},
    {pb::LaneView::LOCKED, core::LaneState::locked},
    {pb::LaneView::FAULT, core::LaneState::fault},
});

inline constexpr auto refusal_reasons = table<pb::LaneView::Reason, core::RefusalReason>({
    {pb::LaneView::REASON_NONE, core::RefusalReason::none},
    {pb::LaneView::REASON_LOT_FULL, core::RefusalReason::lot_full},
    {pb::LaneView::REASON_NO_PERMIT_REACHABLE, core::RefusalReason::no_permit_reachable},
    {pb::LaneView::REASON_JOINING, core::RefusalReason::joining},
    {pb::LaneView::REASON_ENTRIES_HELD, core::RefusalReason::entries_held},
    {pb::LaneView::REASON_LOCKED, core::RefusalReason::locked},
    {pb::LaneView::REASON_SENSOR_FAULT, core::RefusalReason::sensor_fault},
    {pb::LaneView::REASON_DISK, core::RefusalReason::disk},
    {pb::LaneView::REASON_IDENTITY, core::RefusalReason::identity},
    {pb::LaneView::REASON_FIRE, core::RefusalReason::fire},
});

inline constexpr auto barrier_states = table<pb::LaneView::Barrier, core::BarrierState>({
    {pb::LaneView::BARRIER_UNKNOWN, core::BarrierState::unknown},
    {pb::LaneView::BARRIER_CLOSED, core::BarrierState::closed},
    {pb::LaneView::BARRIER_OPENING, core::BarrierState::opening},
    {pb::LaneView::BARRIER_OPEN, core::BarrierState::open},
});

inline constexpr auto lane_sensors = table<pb::SensorRequest::Sensor, LaneSensor>({
    {pb::SensorRequest::APPROACH, LaneSensor::approach},
    {pb::SensorRequest::PASSAGE, LaneSensor::passage},
    {pb::SensorRequest::INNER, LaneSensor::inner},
});

inline constexpr auto settlements = table<pb::SettleRequest::Outcome, Settlement>({
    {pb::SettleRequest::ENTERED, Settlement::entered},
    {pb::SettleRequest::BACKED_OUT, Settlement::backed_out},
});

}  // namespace parking::wire::enums
