#include "app/gate/setup_gate.hpp"

#include <boost/asio/post.hpp>

#include "app/wire/local_commands.hpp"

namespace parking::gate {

std::expected<std::unique_ptr<SetupGate>, std::string> SetupGate::start(
    const boost::asio::any_io_executor& executor, const GateConfig& config,
    const std::string& version, std::function<void()> done) {
  std::unique_ptr<SetupGate> gate(
      new SetupGate(config, version, [executor, done = std::move(done)] {
        boost::asio::post(executor, done);  // the answer goes out first
      }));
  auto local = peer::LocalServer::listen(
      executor, config.socket,
      {.answer = [self = gate.get()](const auto& request,
                                     const auto& reply) { reply(self->answer(request)); },
       .snapshot = [self = gate.get()] { return self->snapshot(); }});
  if (!local) return std::unexpected(local.error());
  gate->local_ = std::move(*local);
  return gate;
}

SetupGate::SetupGate(GateConfig config, std::string version, std::function<void()> done)
    : config_(std::move(config)), version_(std::move(version)), done_(std::move(done)) {}

core::Snapshot SetupGate::snapshot() const {
  core::Snapshot view;
  view.gate.state = core::GateState::setup;
  view.gate.listen = to_string(config_.listen);
  view.discovery.address = to_string(config_.discovery);
  view.version = version_;
  for (const LaneConfig& lane : config_.lanes)
    view.lanes.push_back({.name = lane.name, .direction = lane.direction});
  return view;
}

wire::LocalReply SetupGate::answer(const wire::LocalRequest& request) {
  wire::LocalReply reply;
  reply.snapshot = snapshot();
  if (std::holds_alternative<wire::StatusRequest>(request) ||
      std::holds_alternative<wire::HistoryRequest>(request))
    return reply;
  const auto* setup = std::get_if<wire::SetupRequest>(&request);
  if (setup == nullptr) {
    reply.error = wire::asked_elsewhere(request, wire::Program::gate);
    if (reply.error.empty())
      reply.error = "this gate is not set up yet; give it a name on its screen or in gate.toml";
    return reply;
  }
  const auto values = check_setup(setup->gate_id, setup->listen, setup->discovery, config_);
  if (!values) {
    reply.error = values.error();
    return reply;
  }
  if (const auto saved = save_setup(config_.state_dir, *values); !saved) {
    reply.error = saved.error();
    return reply;
  }
  done_();
  return reply;
}

}  // namespace parking::gate
