#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "app/gate/config.hpp"
#include "app/peer/local_server.hpp"

namespace parking::gate {

/// A gate that has no name yet (state `setup`): serves only its local socket and stores what the
/// setup page sends.
class SetupGate {
public:
  /// Error: one line that says what to do. `done` is called once the values are stored.
  static std::expected<std::unique_ptr<SetupGate>, std::string> start(
      const boost::asio::any_io_executor& executor, const GateConfig& config,
      const std::string& version, std::function<void()> done);

private:
  SetupGate(GateConfig config, std::string version, std::function<void()> done);
  [[nodiscard]] core::Snapshot snapshot() const;
  wire::LocalReply answer(const wire::LocalRequest& request);

  GateConfig config_;
  std::string version_;
  std::function<void()> done_;
  std::unique_ptr<peer::LocalServer> local_;
};

}  // namespace parking::gate
