// The conversations of the central service: gates that register, peers of the office, local ones.
#include <utility>

#include <spdlog/spdlog.h>

#include "app/store/gate_store.hpp"
#include "app/wire/convert.hpp"
#include "app/wire/local_commands.hpp"
#include "discovery/running_service.hpp"

namespace parking::discovery {
namespace {

// Every gate has one registry connection and, for a moment, one that is about to be its peer's.
constexpr std::size_t max_sessions = 4 * core::max_gates;

}  // namespace

void RunningService::accepted(std::unique_ptr<peer::Stream> stream) {
  const auto session = peer::Session::create(std::move(stream));
  if (sessions_.size() >= max_sessions) {
    refuse(session, {core::RefusalCode::too_many, "too many connections; try again later"});
    return;
  }
  sessions_.emplace(session, std::nullopt);
  const std::weak_ptr<peer::Session> weak = session;
  session->start({.received =
                      [this, weak](const std::string& payload) {
                        if (const auto self = weak.lock()) first_message(self, payload);
                      },
                  .closed =
                      [this, weak](const std::string&) {
                        if (const auto self = weak.lock()) forget(self);
                      }});
  session->limit_silence(silent_for_);
}

// The first message says whether a gate registers or a peer of the office begins the exchange.
void RunningService::first_message(const SessionPtr& session, const std::string& payload) {
  const auto entry = sessions_.find(session);
  if (entry == sessions_.end()) return;
  if (entry->second) {
    registry_message(session, payload);
    return;
  }
  const auto message = wire::decode(payload);
  if (!message) {
    spdlog::warn("{} sent what cannot be understood and was disconnected: {}", session->remote(),
                 message.error().text);
    session->close(message.error().text);
  } else if (std::holds_alternative<core::Hello>(*message)) {
    sessions_.erase(entry);
    session->limit_silence({});  // the exchange has its own limits
    node_->attach(session, *message);
  } else if (const auto* request = std::get_if<core::Register>(&*message)) {
    announced(session, *request);
  } else {
    refuse(session, {core::RefusalCode::not_understood, "a conversation begins with Register"});
  }
}

void RunningService::registry_message(const SessionPtr& session, const std::string& payload) {
  const core::Register announcement = *sessions_.at(session);
  const core::RowOwner& owner = announcement.owner;
  const auto message = wire::decode(payload);
  if (!message) {
    spdlog::warn("gate {} sent what cannot be understood and was disconnected: {}",
                 owner.gate.text(), message.error().text);
    session->close(message.error().text);
  } else if (std::holds_alternative<core::Renew>(*message)) {
    if (registry_->renew(announcement, node_->now()))
      session->send(wire::encode(core::Renewed{registry_->revision(), registry_->lease()}));
    else  // it may have been superseded; the answer to its announcement tells
      refuse(session, {core::RefusalCode::not_understood, "announce this gate anew"});
    publish();
  } else if (std::holds_alternative<core::Withdraw>(*message)) {
    spdlog::info("gate {} withdraws", owner.gate.text());
    registry_->withdraw(owner);
    publish();
  } else if (const auto* request = std::get_if<core::Register>(&*message)) {
    announced(session, *request);
  } else {
    refuse(session, {core::RefusalCode::not_understood, "a message out of place"});
  }
}

void RunningService::announced(const SessionPtr& session, const core::Register& request) {
  if (!request.lot.empty() && office_->exchange().lot() != request.lot)
    office_->meet_other_lot(request.lot, node_->now());
  const auto result = registry_->announce(request, office_->lot(), node_->now());
  if (const auto* refusal = std::get_if<core::Refusal>(&result)) {
    if (last_refused_.size() > core::max_gates) last_refused_.clear();
    std::string& last = last_refused_[request.owner.gate];
    if (std::exchange(last, refusal->text) != refusal->text)
      spdlog::warn("gate {} at {} is refused: {}", request.owner.gate.text(), request.address,
                   refusal->text);
    refuse(session, *refusal);
    return;
  }
  if (std::get<Registry::Accepted>(result).list_changed)
    spdlog::info("gate {} registered at {}", request.owner.gate.text(), request.address);
  sessions_[session] = request;
  publish();
  // A changed list reaches this gate with the others, once it is durable.
  if (!tell_after_) session->send(wire::encode(published_));
}

void RunningService::refuse(const SessionPtr& session, const core::Refusal& refusal) {
  session->send(wire::encode(refusal));
  session->finish(refusal.text);
}

void RunningService::forget(const SessionPtr& session) {
  sessions_.erase(session);
}

void RunningService::tell_gates() {
  const std::string payload = wire::encode(published_);
  const auto sessions = sessions_;  // sending may close one
  for (const auto& [session, announcement] : sessions)
    if (announcement) session->send(payload);
}

void RunningService::answer(const wire::LocalRequest& request, const LocalAnswer& reply) {
  if (const auto* history = std::get_if<wire::HistoryRequest>(&request)) {
    const auto read = [this, asked = *history](const std::stop_token&) {
      return wire::LocalReply{.events = store_->events(asked.limit, asked.before)};
    };
    side_.run(read, reply);
    return;
  }
  if (const auto* import = std::get_if<wire::ImportRequest>(&request)) {
    import_store(*import, reply);
    return;
  }
  wire::LocalReply answer;
  answer.error = wire::asked_elsewhere(request, wire::Program::central);
  if (answer.error.empty())
    if (const auto command = wire::command_of(request))
      answer.error = node_->input(*command).value_or("");
  if (answer.error.empty()) answer.snapshot = snapshot();
  reply(answer);
}

// Ledger rule 10: the store of a dead gate is a witness of its row.
void RunningService::import_store(const wire::ImportRequest& request, const LocalAnswer& reply) {
  std::error_code ignored;
  if (std::filesystem::equivalent(request.file, config_.state_dir / "ledger.db", ignored)) {
    reply({.error = "that is the central service's own store; name the ledger.db of a dead gate"});
    return;
  }
  const auto read = [file = request.file,
                     scratch = config_.state_dir / "import"](const std::stop_token& stop) {
    return store::read_gate_store(file, scratch, stop);
  };
  side_.run(read, [this, reply, reason = request.reason](auto remembered) {
    wire::LocalReply answer;
    if (remembered)
      answer.error = node_->input(core::ImportStore{*std::move(remembered), reason}).value_or("");
    else
      answer.error = remembered.error().text;
    if (answer.error.empty()) answer.snapshot = snapshot();
    reply(answer);
  });
}

core::Snapshot RunningService::snapshot() const {
  core::Snapshot view = office_->snapshot(node_->now());
  view.gate.listen = to_string(config_.listen);
  view.discovery = {.address = to_string(config_.listen), .state = core::LinkState::alive};
  view.version = version_;
  return view;
}

}  // namespace parking::discovery
