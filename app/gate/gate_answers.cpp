// What a running gate says on its local socket.
#include <boost/asio/post.hpp>

#include "app/gate/board.hpp"
#include "app/gate/running_gate.hpp"

namespace parking::gate {
namespace {

constexpr std::uint32_t most_events = 10'000;

std::string sensor_name(const LaneConfig& lane, wire::LaneSensor sensor) {
  switch (sensor) {
    case wire::LaneSensor::approach:
      return approach_of(lane);
    case wire::LaneSensor::passage:
      return passage_of(lane);
    case wire::LaneSensor::inner:
      break;
  }
  return {};
}

}  // namespace

void RunningGate::answer(const wire::LocalRequest& request, const Reply& reply) {
  if (const auto* history = std::get_if<wire::HistoryRequest>(&request)) {
    const std::uint32_t limit = std::min(history->limit, most_events);
    boost::asio::post(history_, [this, limit, reply, alive = alive_, executor = executor_] {
      wire::LocalReply answer;
      answer.events = store_->events(limit);
      boost::asio::post(executor, [reply, alive, answer = std::move(answer)] {
        if (*alive) reply(answer);
      });
    });
    return;
  }
  wire::LocalReply answer;
  const auto command = [&](const core::Input& input) {
    answer.error = node_->input(input).value_or("");
  };
  if (const auto* sensor = std::get_if<wire::SensorRequest>(&request)) {
    answer.error = set_sensor(*sensor);
  } else if (const auto* settle = std::get_if<wire::SettleRequest>(&request)) {
    command(core::Settle{settle->lane,
                         settle->outcome == wire::Settlement::entered
                             ? core::Settlement::entered
                             : core::Settlement::backed_out,
                         settle->reason});
  } else if (const auto* entries = std::get_if<wire::EntriesRequest>(&request)) {
    command(core::AllowEntries{entries->allowed, entries->reason});
  } else if (const auto* trust = std::get_if<wire::StoreTrustRequest>(&request)) {
    command(core::TrustStore{trust->reason});
  } else if (std::holds_alternative<wire::SetupRequest>(request)) {
    answer.error = "this gate is set up already as \"" + config_.id->text() +
                   "\"; to change that, edit its configuration file and restart it";
  }
  if (answer.error.empty()) answer.snapshot = snapshot();
  reply(answer);
}

std::string RunningGate::set_sensor(const wire::SensorRequest& request) {
  if (simulated_ == nullptr)
    return "this gate has a real board; sensors can be set on the simulated one only";
  for (const LaneConfig& lane : config_.lanes) {
    if (lane.name != request.lane) continue;
    const std::string name = sensor_name(lane, request.sensor);
    if (name.empty()) return "lane \"" + lane.name + "\" has no sensor `inner`";
    const auto set = simulated_->set_presence(name, to_hw(request.presence));
    return set ? std::string{} : set.error().message;
  }
  return "there is no lane \"" + request.lane + "\"; see: parkingctl status";
}

core::Snapshot RunningGate::snapshot() const {
  core::Snapshot view = core_->snapshot(node_->now());
  view.gate.listen = to_string(config_.listen);
  view.discovery = discovery_ ? discovery_->view() : core::DiscoveryView{};
  view.simulated_board = simulated_ != nullptr;
  view.version = version_;
  for (const std::string& sentence : unavailable(config_))
    view.alarms.push_back({.code = "not_available", .text = sentence});
  for (std::size_t i = 0; i < view.lanes.size(); ++i) {
    // Without limit switches nobody knows what the barrier does once its line is idle again.
    const hw::Output* barrier = board_->find_output(barrier_of(config_.lanes[i]));
    view.lanes[i].barrier = barrier->state() == hw::OutputState::active
                                ? core::BarrierState::opening
                                : core::BarrierState::unknown;
  }
  return view;
}

}  // namespace parking::gate
