#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/ctl/link.hpp"
#include "app/wire/local.hpp"
#include "tests/support/process.hpp"

namespace parking::bench {

/// A real `parking-gate` with a simulated board, driven over its local socket.
class RealGate {
public:
  RealGate(const std::filesystem::path& folder, const std::string& discovery);

  /// Waits until it is in service.
  void await_service();
  /// A car comes to the lane `in` or `out`, passes the open barrier and is counted.
  void drive(const std::string& lane);
  core::Snapshot status();
  [[nodiscard]] pid_t pid() const { return process_->pid(); }

private:
  wire::LocalReply ask(const wire::LocalRequest& request);
  void send(const wire::LocalRequest& request);
  wire::LocalReply receive();
  static core::LaneState state_of(const core::Snapshot& snapshot, const std::string& lane);

  std::filesystem::path socket_;
  std::optional<test_support::Process> process_;
  std::optional<ctl::Link> link_;
};

}  // namespace parking::bench
