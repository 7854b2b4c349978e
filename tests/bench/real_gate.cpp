#include "tests/bench/real_gate.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "tests/bench/port.hpp"
#include "tests/support/eventually.hpp"

namespace parking::bench {
namespace {

using core::Presence;
using wire::LaneSensor;
using wire::SensorRequest;

constexpr std::chrono::seconds patience{30};

std::string lane(const std::string& name, const std::string& direction) {
  return "[[lane]]\nname = \"" + name + "\"\ndirection = \"" + direction +
         "\"\n"
         "approach = { kind = \"beam\", debounce_ms = 0 }\n"
         "passage = { kind = \"beam\", debounce_ms = 0 }\n"
         "barrier = { kind = \"pulse\", milliseconds = 50, repeat_s = 0 }\n"
         "pass_window_s = 1\nmerge_ms = 0\n";
}

}  // namespace

RealGate::RealGate(const std::filesystem::path& folder, const std::string& discovery)
    : socket_(folder / "gate.sock") {
  std::filesystem::create_directories(folder);
  const std::filesystem::path file = folder / "gate.toml";
  std::ofstream(file) << "[gate]\nid = \"measured\"\nlisten = \"" << quiet_address()
                      << "\"\ndiscovery = \"" << discovery << "\"\nstate_dir = \""
                      << (folder / "state").string() << "\"\nsocket = \"" << socket_.string()
                      << "\"\n[board]\nkind = \"simulated\"\n"
                      << lane("in", "entry") << lane("out", "exit");
  process_.emplace(test_support::program("parking-gate"),
                   std::vector<std::string>{"--config", file.string()});
}

void RealGate::await_service() {
  const bool there = test_support::eventually(patience, [this] {
    auto link = ctl::Link::connect(socket_, patience);
    if (link) link_.emplace(std::move(*link));
    return link_.has_value();
  });
  if (!there) throw std::runtime_error("parking-gate does not answer: " + process_->errors());
  const bool in_service = test_support::eventually(patience, [this] {
    const core::Snapshot snapshot = status();
    return snapshot.gate.state == core::GateState::in_service && snapshot.gate.permits > 0;
  });
  if (!in_service) throw std::runtime_error("parking-gate does not get into service");
}

core::Snapshot RealGate::status() {
  auto reply = ask(wire::StatusRequest{});
  if (!reply.snapshot) throw std::runtime_error("parking-gate says nothing of itself");
  return *std::move(reply.snapshot);
}

void RealGate::drive(const std::string& lane) {
  core::LaneState state =
      state_of(*ask(SensorRequest{lane, LaneSensor::approach, Presence::present}).snapshot, lane);
  const auto end = std::chrono::steady_clock::now() + patience;
  while (state != core::LaneState::open) {
    if (std::chrono::steady_clock::now() > end) throw std::runtime_error("a barrier stays shut");
    state = state_of(status(), lane);
  }
  // In one batch: the gate takes them in order.
  send(SensorRequest{lane, LaneSensor::passage, Presence::present});
  send(SensorRequest{lane, LaneSensor::approach, Presence::clear});
  send(SensorRequest{lane, LaneSensor::passage, Presence::clear});
  for (int i = 0; i < 3; ++i) (void)receive();
}

wire::LocalReply RealGate::ask(const wire::LocalRequest& request) {
  send(request);
  return receive();
}

void RealGate::send(const wire::LocalRequest& request) {
  if (auto sent = link_->send(request); !sent) throw std::runtime_error(sent.error().text);
}

wire::LocalReply RealGate::receive() {
  auto reply = link_->receive();
  if (!reply) throw std::runtime_error(reply.error().text);
  if (!reply->error.empty()) throw std::runtime_error(reply->error);
  return *std::move(reply);
}

core::LaneState RealGate::state_of(const core::Snapshot& snapshot, const std::string& lane) {
  const auto found = std::ranges::find(snapshot.lanes, lane, &core::LaneView::name);
  if (found == snapshot.lanes.end()) throw std::runtime_error("there is no lane " + lane);
  return found->state;
}

}  // namespace parking::bench
