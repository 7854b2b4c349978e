#include "tests/unit/app/ctl/samples.hpp"

namespace parking::ctl {

using namespace std::chrono_literals;

core::Snapshot sample_gate() {
  core::Snapshot snapshot;
  snapshot.lot = {"Riverside", {0xabcULL}, 120, 120, 37, 1, 82, 0, 140ms, false, 0};
  snapshot.gate = {
      "north", {0x0123456789abcdefULL}, core::GateState::in_service, 20, "127.0.0.1:7411"};
  snapshot.lanes = {{"in", core::LaneDirection::entry, core::LaneState::idle,
                     core::RefusalReason::none, core::Presence::clear, core::Presence::clear,
                     core::BarrierState::unknown, 0}};
  snapshot.peers = {{"south", "127.0.0.1:7412", core::LinkState::alive, 90ms}};
  snapshot.discovery = {"127.0.0.1:7400", core::LinkState::alive, 800ms};
  snapshot.alarms = {{"sensor_stuck", "in", 61s, "look at \"approach\""}};
  snapshot.simulated_board = true;
  snapshot.version = "0.1.0";
  return snapshot;
}

core::Snapshot sample_office() {
  core::Snapshot snapshot = sample_gate();
  snapshot.gate.id = "office";
  snapshot.lanes.clear();
  return snapshot;
}

core::Event sample_event() {
  return {7, 1'763'823'845'123, "entered", "in", "a car drove in", 38, 81};
}

}  // namespace parking::ctl
