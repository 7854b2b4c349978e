#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "discovery/config.hpp"

namespace parking::discovery {

/// The running central service: registry and office with their store, the port that gates dial and
/// the local socket. Single-threaded on its executor but for the store's own thread.
class Service {
public:
  struct Hooks {
    std::function<void()> worked;  ///< as peer::Node
  };

  /// Error: one line that says what to do.
  static std::expected<std::unique_ptr<Service>, std::string> start(
      const boost::asio::any_io_executor& executor, const DiscoveryConfig& config,
      const std::string& version, Hooks hooks);
  virtual ~Service() = default;

  virtual void stop() = 0;
};

}  // namespace parking::discovery
