#include "app/peer/discovery_client.hpp"

#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>

#include "app/peer/connect.hpp"
#include "app/peer/spawn.hpp"
#include "app/wire/convert.hpp"

namespace parking::peer {
namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
using SteadyTime = std::chrono::steady_clock::time_point;

}  // namespace

struct DiscoveryClient::State {
  asio::any_io_executor executor;
  std::string address;
  Hooks hooks;
  DiscoverySettings settings;
  Backoff backoff;
  asio::steady_timer timer;
  std::shared_ptr<Session> session;
  core::RowOwner owner;
  SteadyTime heard = std::chrono::steady_clock::now();
  core::Duration lease{15000};
  bool registered = false;
  bool stopped = false;
  std::string last_failure;
};

DiscoveryClient::DiscoveryClient(asio::any_io_executor executor, std::string address,
                                 core::Random random, Hooks hooks, DiscoverySettings settings)
    : state_(std::make_shared<State>(State{.executor = executor,
                                           .address = std::move(address),
                                           .hooks = std::move(hooks),
                                           .settings = settings,
                                           .backoff = Backoff(std::move(random), settings.backoff),
                                           .timer = asio::steady_timer(executor)})) {}

DiscoveryClient::~DiscoveryClient() {
  state_->stopped = true;
  state_->hooks = {};
  state_->timer.cancel();
  if (state_->session) state_->session->close("stopping");
}

void DiscoveryClient::start() {
  spawn(state_->executor, run(state_), [](const std::string& text) {
    spdlog::error("the conversation with discovery stopped: {}", text);
  });
}

void DiscoveryClient::withdraw() {
  state_->stopped = true;
  state_->timer.cancel();
  if (!state_->session) return;
  state_->session->send(wire::encode(core::Withdraw{state_->owner}));
  state_->session->finish("withdrawn");
}

core::DiscoveryView DiscoveryClient::view() const {
  const auto age =
      std::chrono::duration_cast<core::Duration>(std::chrono::steady_clock::now() - state_->heard);
  const bool connected = state_->session && state_->registered;
  const core::LinkState link = connected && age < core::Duration{3000} ? core::LinkState::alive
                               : age < state_->lease                   ? core::LinkState::late
                                                                       : core::LinkState::gone;
  return {.address = state_->address, .state = link, .age = age};
}

asio::awaitable<void> DiscoveryClient::run(std::shared_ptr<State> state) {
  while (!state->stopped) {
    auto stream = co_await connect(state->address);
    if (state->stopped) co_return;
    if (stream) {
      state->last_failure.clear();
      co_await converse(state, std::move(*stream));
    } else if (std::exchange(state->last_failure, stream.error()) != stream.error()) {
      spdlog::warn("discovery at {} cannot be reached ({}); going on with the gates known",
                   state->address, stream.error());
    }
    if (state->stopped) co_return;
    state->timer.expires_after(state->backoff.next());
    co_await state->timer.async_wait(as_result);
  }
}

asio::awaitable<void> DiscoveryClient::converse(std::shared_ptr<State> state,
                                                std::unique_ptr<Stream> stream) {
  const auto session = Session::create(std::move(stream));
  state->session = session;
  state->registered = false;
  session->start({.received = [state](const std::string& payload) { received(*state, payload); },
                  .closed =
                      [state](const std::string& reason) {
                        spdlog::debug("connection with discovery ended: {}", reason);
                        state->timer.cancel();
                      }});
  const core::Register announcement = state->hooks.announcement();
  state->owner = announcement.owner;
  session->send(wire::encode(announcement));
  session->limit_silence(state->settings.silent_for);
  while (session->is_open() && !state->stopped) {
    state->timer.expires_after(state->settings.renew_every);
    co_await state->timer.async_wait(as_result);
    if (state->stopped || !session->is_open()) break;
    if (state->registered) session->send(wire::encode(core::Renew{state->owner}));
  }
  if (state->session == session && !state->stopped) state->session.reset();
}

void DiscoveryClient::received(State& state, const std::string& payload) {
  const auto message = wire::decode(payload);
  if (!message) {
    spdlog::warn("discovery sent what cannot be understood: {}", message.error().text);
    state.session->close(message.error().text);
    return;
  }
  state.heard = std::chrono::steady_clock::now();
  if (const auto* list = std::get_if<core::PeerList>(&*message)) {
    state.registered = true;
    state.backoff.reset();
    if (list->lease > core::Duration{0}) state.lease = list->lease;
    if (state.hooks.listed) state.hooks.listed(*list);
  } else if (const auto* refusal = std::get_if<core::Refusal>(&*message)) {
    if (state.hooks.refused) state.hooks.refused(*refusal);
    if (state.session) state.session->close(refusal->text);
  }
}

}  // namespace parking::peer
