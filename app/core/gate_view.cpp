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

void GateCore::watch_start(Instant now) {
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
}

Snapshot GateCore::snapshot(Instant now) const {
  Snapshot view = view_of(exchange_, now);
  const Journal& journal = exchange_.journal();
  const Peer* office = exchange_.peers().find(GateId::office());
  const bool known_as_final = journal.durable().final_row && office != nullptr &&
                              office->acked >= journal.durable().version;
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
  if (!exchange_.identity_ended()) {
    if (exchange_.retired())
      view.gate.state = GateState::retired;
    else if (journal.own().final_row)
      view.gate.state =
          known_as_final || !exchange_.leaving() ? GateState::left : GateState::leaving;
    else if (exchange_.leaving())
      view.gate.state = GateState::leaving;
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
