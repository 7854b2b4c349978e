#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "app/core/types.hpp"
#include "app/peer/backoff.hpp"
#include "app/peer/stream.hpp"

namespace parking::peer {

struct DialerSettings {
  BackoffLimits backoff;
  /// A connection that lasted this long was a good one: a peer that does not become one is cut off
  /// earlier (core::Exchange::handshake_within), and then the backoff goes on growing.
  std::chrono::milliseconds good_after{6000};
};

/// Keeps trying to reach every target that is not engaged, each with its own backoff.
class Dialer {
public:
  struct Hooks {
    /// A connection with that gate exists or is being agreed on, whoever dialled.
    std::function<bool(const core::GateId&)> is_engaged;
    std::function<void(const core::GateId&, std::unique_ptr<Stream>)> established;
  };

  Dialer(asio::any_io_executor executor, core::Random random, Hooks hooks,
         DialerSettings settings = {});
  ~Dialer();
  Dialer(const Dialer&) = delete;
  Dialer& operator=(const Dialer&) = delete;

  /// Whom to reach at which address (host:port); replaces what was set before.
  void set_targets(const std::map<core::GateId, std::string>& targets);
  /// A connection came or went: look again.
  void wake();

private:
  struct Target;
  static asio::awaitable<void> pursue(std::shared_ptr<Target> target);

  asio::any_io_executor executor_;
  core::Random random_;
  DialerSettings settings_;
  std::shared_ptr<const Hooks> hooks_;
  std::map<core::GateId, std::shared_ptr<Target>> targets_;
};

}  // namespace parking::peer
