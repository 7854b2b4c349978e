#include "app/peer/node.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

#include <spdlog/spdlog.h>

#include "app/wire/convert.hpp"

namespace parking::peer {

using core::GateId;
using core::LinkId;

Node::Node(asio::any_io_executor executor, Machine machine, Hooks hooks, const core::Random& random)
    : executor_(std::move(executor)),
      machine_(std::move(machine)),
      hooks_(std::move(hooks)),
      start_(std::chrono::steady_clock::now()),
      timer_(executor_),
      dialer_(executor_, random,
              {.is_engaged =
                   [this](const GateId& gate) {
                     return std::ranges::any_of(
                         machine_.exchange().peers().links() | std::views::values,
                         [&](const core::Link& link) {
                           return link.dialled == gate || link.peer == gate;
                         });
                   },
               .established =
                   [this](const GateId& gate, std::unique_ptr<Stream> stream) {
                     attach(Session::create(std::move(stream)), gate, {});
                   }}) {}

Node::~Node() {
  stop();
}

core::Instant Node::now() const {
  return at(std::chrono::steady_clock::now());
}

core::Instant Node::at(std::chrono::steady_clock::time_point time) const {
  return core::Instant(std::chrono::duration_cast<core::Duration>(time - start_));
}

std::optional<std::string> Node::input(const core::Input& input) {
  if (!stepping_ && hooks_.due && now() >= wake_) hooks_.due();
  return take(input, now());
}

std::optional<std::string> Node::input(const core::Input& input,
                                       std::chrono::steady_clock::time_point happened) {
  return take(input, std::min(at(happened), now()));
}

std::optional<std::string> Node::take(const core::Input& input, core::Instant at) {
  if (stepping_) {
    waiting_.push_back({input, at});
    return std::nullopt;
  }
  auto refused = work_off(input, at);
  set_timer();
  if (hooks_.worked) hooks_.worked();
  return refused;
}

std::optional<std::string> Node::work_off(const core::Input& input, core::Instant at) noexcept {
  stepping_ = true;
  core::Effects effects = step(input, at);
  auto refused = std::move(effects.refused);
  apply(std::move(effects));
  while (!waiting_.empty()) {
    const Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    apply(step(next.input, next.at));
  }
  stepping_ = false;
  return refused;
}

core::Effects Node::step(const core::Input& input, core::Instant at) {
  last_step_ = std::max(last_step_, at);
  return machine_.step(input, last_step_);
}

void Node::apply(core::Effects effects) {
  if (!effects.outputs.empty() && hooks_.drive) hooks_.drive(effects.outputs);
  if (effects.record) hooks_.persist(std::move(*effects.record));
  for (const core::Send& send : effects.sends) {
    const auto session = sessions_.find(send.link);
    if (session != sessions_.end()) session->second->send(wire::encode(send.message));
  }
  for (const LinkId link : effects.closes) {
    const auto session = sessions_.find(link);
    if (session != sessions_.end()) session->second->finish("closed by this side");
  }
  if (effects.peers_changed) update_targets();
  if (effects.snapshot_changed && hooks_.snapshot_changed) hooks_.snapshot_changed();
  if (effects.identity_ended && hooks_.identity_ended)
    hooks_.identity_ended(*effects.identity_ended);
}

void Node::attach(std::shared_ptr<Session> session, const std::optional<core::Message>& first) {
  attach(std::move(session), GateId{}, first);
}

void Node::attach(std::shared_ptr<Session> session, const GateId& dialled,
                  const std::optional<core::Message>& first) {
  if (!session->is_open()) return;
  if (stopped_ || sessions_.size() >= max_links) {
    session->close(stopped_ ? "stopping" : "too many connections");
    return;
  }
  const LinkId link{++last_link_};
  sessions_.emplace(link, session);
  session->start({.received = [this, link](const std::string& payload) { received(link, payload); },
                  .closed =
                      [this, link, remote = session->remote()](const std::string& reason) {
                        spdlog::debug("connection with {} ended: {}", remote, reason);
                        sessions_.erase(link);
                        if (stopped_) return;
                        input(core::LinkDown{link});
                        dialer_.wake();
                      }});
  input(core::LinkUp{link, dialled});
  if (first) input(core::Received{link, *first});
}

void Node::received(LinkId link, const std::string& payload) {
  const auto message = wire::decode(payload);
  if (message) {
    input(core::Received{link, *message});
    return;
  }
  const auto session = sessions_.find(link);
  if (session == sessions_.end()) return;
  spdlog::warn("{} sent what cannot be understood and was disconnected: {}",
               session->second->remote(), message.error().text);
  session->second->close(message.error().text);
}

void Node::dial_peers(bool yes) {
  dials_ = yes;
  update_targets();
}

void Node::update_targets() {
  std::map<GateId, std::string> targets;
  if (dials_ && !stopped_ && machine_.exchange().lot_ready())
    for (const core::Peer& peer : machine_.exchange().peers().all() | std::views::values)
      if (peer.listed && !peer.address.empty()) targets.emplace(peer.gate, peer.address);
  dialer_.set_targets(targets);
}

void Node::set_timer() {
  if (stopped_) return;
  const core::Instant at = now();
  // Half a second at the latest: figures that age are shown that often.
  wake_ = std::clamp(machine_.next_wake(at), at + core::Duration{1}, at + core::Duration{500});
  // Most inputs only move the next wake away; a timer that ends too early is set again then, which
  // is cheaper than setting it at each input.
  if (!armed_for_ || wake_ < *armed_for_) arm_timer();
}

void Node::arm_timer() {
  armed_for_ = wake_;
  timer_.expires_after(wake_ - now());
  // The wait may have ended already when the node is stopped or destroyed.
  timer_.async_wait([this, alive = std::weak_ptr(alive_)](boost::system::error_code error) {
    if (error || alive.expired() || stopped_) return;
    if (now() < wake_) {
      arm_timer();
      return;
    }
    armed_for_.reset();
    input(core::Tick{});
  });
}

void Node::part_from_peers(const std::string& reason) {
  dial_peers(false);
  // Each one that ends takes itself off the list.
  const auto sessions = sessions_;
  for (const auto& session : sessions | std::views::values) session->finish(reason);
}

void Node::stop() {
  if (std::exchange(stopped_, true)) return;
  timer_.cancel();
  dialer_.set_targets({});
  for (const auto& session : std::exchange(sessions_, {}) | std::views::values) {
    // They may outlive the node for as long as it takes to send what is queued.
    session->start({});
    session->finish("stopping");
  }
}

}  // namespace parking::peer
