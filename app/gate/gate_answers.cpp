// What a running gate says on its local socket.
#include "app/gate/board.hpp"
#include "app/gate/running_gate.hpp"
#include "app/wire/local_commands.hpp"

namespace parking::gate {
namespace {

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
    const auto read = [this, asked = *history](const std::stop_token&) {
      return wire::LocalReply{.events = store_->events(asked.limit, asked.before)};
    };
    side_.run(read, reply);
    return;
  }
  wire::LocalReply answer;
  answer.error = wire::asked_elsewhere(request, wire::Program::gate);
  if (!answer.error.empty()) {
    reply(answer);
    return;
  }
  if (const auto* sensor = std::get_if<wire::SensorRequest>(&request))
    answer.error = set_sensor(*sensor);
  else if (std::holds_alternative<wire::SetupRequest>(request))
    answer.error = "this gate is set up already as \"" + config_.id->text() +
                   "\"; to change that, edit its configuration file and restart it";
  else if (without_store_ && std::holds_alternative<wire::StoreRenewRequest>(request))
    answer.error = "there is no store to renew; see: parkingctl alarms";
  else if (const auto command = wire::command_of(request))
    return answer_command(*command, reply);
  if (answer.error.empty()) answer.snapshot = snapshot();
  reply(answer);
}

// A step of a recount is the central service's to take or refuse.
void RunningGate::answer_command(const core::Input& command, const Reply& reply) {
  const std::uint64_t before = core_->last_request();
  const auto answer = [this, reply](const std::string& refused) {
    wire::LocalReply said{.error = refused};
    if (refused.empty()) said.snapshot = snapshot();
    reply(said);
  };
  const std::string refused = node_->input(command).value_or("");
  if (refused.empty() && core_->last_request() != before)
    recount_wait_.wait_for(core_->last_request(), answer);
  else
    answer(refused);
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
  if (without_store_) view.gate.incarnation = {};
  view.gate.listen = to_string(config_.listen);
  view.discovery = discovery_ ? discovery_->view() : core::DiscoveryView{};
  view.simulated_board = simulated_ != nullptr;
  view.version = version_;
  for (const std::string& sentence : unavailable(config_))
    view.alarms.push_back({.code = "not_available", .text = sentence});
  if (!not_renewed_.empty())
    view.alarms.push_back(
        {.code = "store_not_renewed",
         .text = "the old store cannot be set aside, and until then nobody is let "
                 "in: " +
                 not_renewed_});
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
