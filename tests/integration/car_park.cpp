#include "tests/integration/car_park.hpp"

#include <algorithm>
#include <iostream>
#include <ranges>
#include <stdexcept>
#include <utility>

#include <gtest/gtest.h>

#include "tests/support/eventually.hpp"
#include "tests/support/port.hpp"

namespace parking::integration {

using core::Count;
using core::LinkState;
using core::Snapshot;
using test_support::eventually;

Gate::Gate(GateConfiguration written)
    : configuration(std::move(written)),
      program("parking-gate", configuration.write(), configuration.socket()),
      driver(configuration.socket()) {}

CarPark::CarPark(Count capacity, const std::vector<std::string>& gates, std::chrono::seconds lease)
    : capacity_(capacity),
      central_address_(test_support::free_address()),
      central_("parking-discovery",
               CentralConfiguration{folder_.path() / "central", central_address_, capacity, lease}
                   .write(),
               folder_.path() / "central" / "discovery.sock") {
  central_.launch();
  for (const std::string& id : gates) add(configuration_for(id)).program.launch();
  central_.await_answer();
  for (Gate& gate : gates_ | std::views::values) gate.program.await_answer();
  const auto ready = [&] {
    return is_whole_now() && (gates.empty() || permits_of_gates() == capacity);
  };
  if (!eventually(patience, ready))
    throw std::runtime_error("the car park does not get into service:\n" + figures());
}

CarPark::~CarPark() {
  if (!testing::Test::HasFailure()) return;
  std::cout << "---- central service\n" << central_.log();
  for (const auto& [id, gate] : gates_)
    std::cout << "---- gate " << id << '\n' << gate.program.log();
}

Gate& CarPark::add(GateConfiguration configuration) {
  const std::string id = configuration.id;
  return gates_.try_emplace(id, std::move(configuration)).first->second;
}

GateConfiguration CarPark::configuration_for(const std::string& id) const {
  return {.folder = folder_.path() / id,
          .id = id,
          .listen = test_support::free_address(),
          .discovery = central_address_};
}

std::vector<Snapshot> CarPark::statuses() {
  std::vector<Snapshot> statuses;
  if (central_.running()) statuses.push_back(central_.status());
  for (Gate& gate : gates_ | std::views::values)
    if (gate.program.running()) statuses.push_back(gate.status());
  return statuses;
}

bool CarPark::all_show(Count inside, Count free) {
  const bool agreed = eventually(patience, [&] {
    return std::ranges::all_of(statuses(), [&](const Snapshot& status) {
      return status.lot.inside == inside && status.lot.free == free && status.lot.pending == 0;
    });
  });
  if (!agreed) std::cout << "not all show " << inside << " inside, " << free << " free\n";
  return agreed;
}

bool CarPark::sums_add_up() {
  return eventually(patience, [&] {
    const auto all = statuses();
    Count permits = 0;
    for (const Snapshot& status : all) permits += status.gate.permits;
    return std::ranges::all_of(all, [&](const Snapshot& status) {
      return status.lot.inside + status.lot.pending + permits == capacity_;
    });
  });
}

// A gift is counted when it has arrived; until then it may not even be durable.
Count CarPark::permits_of_gates() {
  Count permits = 0;
  for (Gate& gate : gates_ | std::views::values)
    if (gate.program.running()) permits += gate.status().gate.permits;
  return permits;
}

bool CarPark::is_whole() {
  return eventually(patience, [&] { return is_whole_now(); });
}

bool CarPark::is_whole_now() {
  const auto all = statuses();
  return std::ranges::all_of(all, [&](const Snapshot& status) {
    if (status.gate.state != core::GateState::in_service) return false;
    const auto heard = std::ranges::count(status.peers, LinkState::alive, &core::PeerView::state);
    if (heard + 1 < std::ssize(all)) return false;
    return !central_.running() || status.discovery.state == LinkState::alive;
  });
}

std::string CarPark::figures() {
  std::string text;
  for (const Snapshot& status : statuses()) {
    const auto& lot = status.lot;
    text += status.gate.id + ": " + std::string(to_string(status.gate.state)) + ", inside " +
            std::to_string(lot.inside) + ", pending " + std::to_string(lot.pending) + ", free " +
            std::to_string(lot.free) + ", stranded " + std::to_string(lot.stranded) + ", permits " +
            std::to_string(status.gate.permits) + "; discovery " +
            std::string(to_string(status.discovery.state));
    for (const auto& peer : status.peers)
      text += ", " + peer.id + " " + std::string(to_string(peer.state));
    for (const auto& lane : status.lanes)
      text += "; lane " + lane.name + " " + std::string(to_string(lane.state)) + " " +
              std::string(to_string(lane.reason));
    for (const auto& alarm : status.alarms) text += "; alarm " + alarm.code + ": " + alarm.text;
    text += '\n';
  }
  return text;
}

bool has_alarm(const Snapshot& status, std::string_view code) {
  return std::ranges::find(status.alarms, code, &core::AlarmView::code) != status.alarms.end();
}

std::string alarm_text(const Snapshot& status, std::string_view code) {
  const auto alarm = std::ranges::find(status.alarms, code, &core::AlarmView::code);
  return alarm == status.alarms.end() ? "" : alarm->text;
}

}  // namespace parking::integration
