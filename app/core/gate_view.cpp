// What a gate shows: its snapshot and the alarms that follow from levels.
#include <algorithm>
#include <ranges>

#include "app/core/gate_core.hpp"

namespace parking::core {

void GateCore::watch_sensors(Instant now) {
  for (const LaneSlot& slot : lanes_) {
    if (slot.lane.sensor_fault())
      alarm("sensor_fault", slot,
            "a sensor of this lane gives no usable reading; look at its wiring and at what is in "
            "front of it",
            now);
    else
      alarms_.clear("sensor_fault", slot.lane.settings().name);
  }
}

void GateCore::watch_count(Instant now) {
  const Totals totals = exchange_.ledger().totals();
  if (exchange_.lot_ready() && (totals.free < 0 || totals.free > totals.capacity))
    alarms_.raise("count_out_of_range", {},
                  "the count says " + std::to_string(totals.inside) + " cars in " +
                      std::to_string(totals.capacity) +
                      " spaces: cars passed unseen or without a permit; see parkingctl history",
                  now);
  else
    alarms_.clear("count_out_of_range");
  if (const auto& clash = exchange_.clash())
    alarms_.raise("row_clash", {},
                  "two histories of gate " + clash->text() +
                      " are about: its card was cloned or restored; take the copy off the network",
                  now);
}

void GateCore::watch_lot(Instant now) {
  if (obstacle() != RefusalReason::joining)
    joining_since_.reset();
  else if (!joining_since_)
    joining_since_ = now;
  if (joining_since_ && now >= *joining_since_ + joining_takes)
    alarms_.raise("joining", {},
                  "neither another gate nor the central Pi has confirmed this gate's store, so "
                  "entries stay shut; look at the network, or when all others are off: parkingctl "
                  "store trust --reason TEXT",
                  now);
  else
    alarms_.clear("joining");
  watch_stranded(exchange_, alarms_, now);
}

void watch_stranded(const Exchange& exchange, Alarms& alarms, Instant now) {
  const Count stranded = exchange.lot_ready() ? exchange.stranded(now) : 0;
  if (stranded > 0)
    alarms.raise("stranded", {},
                 std::to_string(stranded) +
                     " spaces are out of reach: gates that are gone hold them, or stores that were "
                     "replaced; bring the gates back (see parkingctl peers)",
                 now);
  else
    alarms.clear("stranded");
}

Snapshot GateCore::snapshot(Instant now) const {
  Snapshot view = view_of(exchange_, now);
  switch (obstacle()) {
    case RefusalReason::none:
      view.gate.state = GateState::in_service;
      break;
    case RefusalReason::joining:
      view.gate.state = GateState::joining;
      break;
    case RefusalReason::entries_held:
      view.gate.state = GateState::entries_held;
      break;
    default:
      view.gate.state = GateState::admissions_stopped;
      break;
  }
  for (const LaneSlot& slot : lanes_) {
    const Lane& lane = slot.lane;
    LaneView row{.name = lane.settings().name,
                 .direction = lane.settings().direction,
                 .state = lane.state(),
                 .reason = slot.refusal,
                 .approach = lane.approach(),
                 .passage = lane.passage(),
                 .barrier = lane.opened() ? BarrierState::opening : BarrierState::unknown,
                 .held = slot.held};
    if (row.state == LaneState::deciding && slot.refusal != RefusalReason::none)
      row.state = LaneState::refused;
    if (row.state == LaneState::fault) row.reason = RefusalReason::sensor_fault;
    view.lanes.push_back(std::move(row));
  }
  view.alarms = alarms_.view(now);
  return view;
}

}  // namespace parking::core
