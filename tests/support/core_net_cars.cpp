// The cars of the network: what they do before the sensors and when barriers open.
#include <algorithm>

#include "tests/support/core_net.hpp"

namespace parking::test_support {

using core::Duration;
using core::Presence;
using std::chrono_literals::operator""ms;

core::Count CoreNet::inside_and_let_in() const {
  core::Count cars = inside_;
  for (const Machine& machine : nodes_) cars += machine.in.driving ? 1 : 0;
  return cars;
}

bool CoreNet::car_at_entry(Node gate) const {
  return nodes_[gate].in.car;
}

bool CoreNet::car_comes(Node gate) {
  Way& way = nodes_[gate].in;
  if (way.car || way.passage != Presence::clear) return false;
  way.car = true;
  sensor(gate, entry_lane, core::LaneInput::approach, Presence::present);
  drive_if_open(gate, entry_lane);
  return true;
}

bool CoreNet::tailgate(Node gate) {
  Way& way = nodes_[gate].in;
  if (way.car || way.passage != Presence::clear || !is_up(gate)) return false;
  way.car = way.driving = true;
  sensor(gate, entry_lane, core::LaneInput::approach, Presence::present);
  at(now_ + 300ms,
     [=, this] { sensor(gate, entry_lane, core::LaneInput::passage, Presence::present); });
  at(now_ + 500ms,
     [=, this] { sensor(gate, entry_lane, core::LaneInput::approach, Presence::clear); });
  at(now_ + 800ms, [=, this, &way] {
    way.car = way.driving = way.barrier_open = false;
    ++inside_;
    ++nodes_[gate].crossed_in;
    sensor(gate, entry_lane, core::LaneInput::passage, Presence::clear);
  });
  return true;
}

void CoreNet::car_gives_up(Node gate) {
  Way& way = nodes_[gate].in;
  if (!way.car || way.driving) return;
  way.car = false;
  sensor(gate, entry_lane, core::LaneInput::approach, Presence::clear);
}

bool CoreNet::car_leaves(Node gate) {
  Way& way = nodes_[gate].out;
  core::Count leaving = 0;
  for (const Machine& machine : nodes_) leaving += machine.out.car ? 1 : 0;
  if (way.car || inside_ <= leaving || !is_up(gate)) return false;
  way.car = true;
  sensor(gate, exit_lane, core::LaneInput::approach, Presence::present);
  return true;
}

void CoreNet::sensor(Node node, std::size_t lane, core::LaneInput which, Presence presence) {
  Way& way = lane == entry_lane ? nodes_[node].in : nodes_[node].out;
  (which == core::LaneInput::approach ? way.approach : way.passage) = presence;
  step(node, core::SensorChanged{lane, which, presence});
}

void CoreNet::output(Node node, const core::BarrierOutput& command) {
  mix(node * 4 + command.lane * 2 + (command.command == core::BarrierCommand::open ? 1 : 0));
  const bool opens = command.command == core::BarrierCommand::open;
  if (opens && command.lane == entry_lane && !nodes_[node].disk.held.contains("in"))
    ++undone_by_a_crash_;
  Way& way = command.lane == entry_lane ? nodes_[node].in : nodes_[node].out;
  way.barrier_open = opens;
  drive_if_open(node, command.lane);
}

void CoreNet::drive_if_open(Node node, std::size_t lane) {
  Way& way = lane == entry_lane ? nodes_[node].in : nodes_[node].out;
  if (!way.car || !way.barrier_open || way.driving) return;
  way.driving = true;
  at(now_ + 300ms, [=, this] { sensor(node, lane, core::LaneInput::passage, Presence::present); });
  at(now_ + 500ms, [=, this] { sensor(node, lane, core::LaneInput::approach, Presence::clear); });
  at(now_ + 800ms, [=, this, &way] {
    way.car = way.driving = way.barrier_open = false;
    inside_ += lane == entry_lane ? 1 : -1;
    if (lane == entry_lane) ++nodes_[node].crossed_in;
    sensor(node, lane, core::LaneInput::passage, Presence::clear);
  });
}

void CoreNet::settle_truthfully() {
  for (Node node = 1; node < nodes_.size(); ++node) {
    if (!is_up(node)) continue;
    while (snapshot(node).lanes[entry_lane].held > 0) {
      const core::Row& row = exchange(node).journal().own();
      const bool uncounted = row.entered + row.unadmitted < nodes_[node].crossed_in;
      step(node,
           core::Settle{"in", uncounted ? core::Settlement::entered : core::Settlement::backed_out,
                        "looked at the camera"});
    }
  }
}

// --- what the tests look at --------------------------------------------------------------------

}  // namespace parking::test_support
