#include "tests/qml/situations.hpp"

namespace parking::test {
namespace {

using namespace std::chrono_literals;
using core::LaneState;
using core::RefusalReason;

core::LaneView lane(std::string name, core::LaneDirection direction) {
  core::LaneView view;
  view.name = std::move(name);
  view.direction = direction;
  view.approach = core::Presence::clear;
  view.passage = core::Presence::clear;
  return view;
}

void refuse(core::Snapshot& gate, RefusalReason reason) {
  gate.lanes[0].approach = core::Presence::present;
  gate.lanes[0].state = LaneState::refused;
  gate.lanes[0].reason = reason;
}

void admit(core::Snapshot& gate) {
  gate.lanes[0].approach = core::Presence::present;
  gate.lanes[0].state = LaneState::open;
  gate.lanes[0].barrier = core::BarrierState::open;
}

}  // namespace

core::Snapshot quiet_gate() {
  core::Snapshot gate;
  gate.lot.name = "Riverside";
  gate.lot.capacity = 120;
  gate.lot.inside = 38;
  gate.lot.free = 82;
  gate.lot.age = 200ms;
  gate.gate.id = "north";
  gate.gate.state = core::GateState::in_service;
  gate.lanes = {lane("in", core::LaneDirection::entry), lane("out", core::LaneDirection::exit)};
  gate.peers = {{"south", "127.0.0.1:7412", core::LinkState::alive, 90ms},
                {"east", "127.0.0.1:7413", core::LinkState::alive, 310ms}};
  gate.simulated_board = false;
  return gate;
}

const std::map<std::string, std::function<void(core::Snapshot&)>>& situations() {
  static const std::map<std::string, std::function<void(core::Snapshot&)>> all{
      {"idle", [](core::Snapshot&) {}},
      {"admitted", admit},
      {"deciding", [](core::Snapshot& gate) { gate.lanes[0].state = LaneState::deciding; }},
      {"full",
       [](core::Snapshot& gate) {
         gate.lot.free = 0;
         refuse(gate, RefusalReason::lot_full);
       }},
      {"unconfirmed",
       [](core::Snapshot& gate) {
         gate.lot.age = 40s;
         gate.peers[0].state = core::LinkState::gone;
         gate.peers[0].age = 40s;
         gate.peers[1].state = core::LinkState::late;
         gate.peers[1].age = 8s;
         refuse(gate, RefusalReason::no_permit_reachable);
       }},
      {"broken",
       [](core::Snapshot& gate) {
         gate.lanes[0].state = LaneState::fault;
         gate.lanes[0].reason = RefusalReason::sensor_fault;
       }},
      {"joining",
       [](core::Snapshot& gate) {
         gate.gate.state = core::GateState::joining;
         gate.lot.capacity = 0;
         gate.lot.free = 0;
       }},
      {"large",
       [](core::Snapshot& gate) {
         gate.lot.name = "International Airport, Terminal 2 North, long-term parking";
         gate.lot.capacity = 4800;
         gate.lot.free = 3888;
         gate.lot.age = 75s;
         for (const auto* id : {"arrivals", "departures", "hotel", "coach-park"})
           gate.peers.push_back({id, "127.0.0.1:7414", core::LinkState::alive, 100ms});
         gate.peers[0].state = core::LinkState::gone;
         gate.peers[0].age = 75s;
         refuse(gate, RefusalReason::no_permit_reachable);
       }},
      {"beyond", [](core::Snapshot& gate) { gate.lot.free = gate.lot.capacity + 5; }},
      {"below", [](core::Snapshot& gate) { gate.lot.free = -3; }},
      {"setup",
       [](core::Snapshot& gate) {
         gate = core::Snapshot{};
         gate.gate.state = core::GateState::setup;
       }},
      {"demo",
       [](core::Snapshot& gate) {
         admit(gate);
         gate.simulated_board = true;
       }},
  };
  return all;
}

}  // namespace parking::test
