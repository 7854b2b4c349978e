#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/steady_timer.hpp>

#include "app/core/messages.hpp"
#include "app/core/snapshot.hpp"
#include "app/peer/backoff.hpp"
#include "app/peer/session.hpp"

namespace parking::peer {

struct DiscoverySettings {
  /// Keep-alive each second (interfaces.md), which renews the lease well before its end.
  std::chrono::milliseconds renew_every{1000};
  /// Each keep-alive is answered; after five that were not the connection is given up.
  std::chrono::milliseconds silent_for{5000};
  /// Shorter than what an office with an empty store listens before it creates a lot (ledger rule
  /// 8): whoever waits longer comes too late to tell it of the lot that there is.
  BackoffLimits backoff{.longest = std::chrono::milliseconds(1000)};
};

/// Keeps this gate registered: announces it, renews its lease, follows the list of the lot's gates.
/// When discovery is down it tries again until stopped; the gate goes on with the list it has.
class DiscoveryClient {
public:
  struct Hooks {
    /// What to announce now: address and incarnation do not change, the lot becomes known later.
    std::function<core::Register()> announcement;
    std::function<void(const core::PeerList&)> listed;
    /// The registry refuses this gate; it goes on asking.
    std::function<void(const core::Refusal&)> refused;
  };

  DiscoveryClient(asio::any_io_executor executor, std::string address, core::Random random,
                  Hooks hooks, DiscoverySettings settings = {});
  ~DiscoveryClient();
  DiscoveryClient(const DiscoveryClient&) = delete;
  DiscoveryClient& operator=(const DiscoveryClient&) = delete;

  void start();
  /// Ends the lease, then the connection.
  void withdraw();

  [[nodiscard]] core::DiscoveryView view() const;

private:
  struct State;
  static asio::awaitable<void> run(std::shared_ptr<State> state);
  static asio::awaitable<void> converse(std::shared_ptr<State> state,
                                        std::unique_ptr<Stream> stream);
  static void received(State& state, const std::string& payload);

  std::shared_ptr<State> state_;
};

}  // namespace parking::peer
