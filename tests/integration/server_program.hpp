#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tests/integration/local_link.hpp"
#include "tests/support/process.hpp"

namespace parking::integration {

/// A gate or the central service: its process through several lives, and a connection to it.
class ServerProgram {
public:
  ServerProgram(std::string program, std::filesystem::path config, std::filesystem::path socket);

  /// Starts the process and waits until it answers. Throws std::runtime_error with its log when it
  /// does not.
  void start();
  /// Only starts the process.
  void launch();
  /// Runs it inside another command instead, which must become the program by `exec`.
  void launch_as(const std::filesystem::path& command, const std::vector<std::string>& arguments);
  void await_answer();
  /// SIGTERM. The exit code; nothing when it did not end within the 5 s that it promises.
  std::optional<int> stop();
  /// SIGKILL: no farewell, nothing flushed.
  void kill();

  [[nodiscard]] bool running() { return process_ && process_->running(); }
  [[nodiscard]] pid_t pid() const { return process_->pid(); }
  /// What it wrote, in all its lives.
  [[nodiscard]] std::string log() const;
  /// How often `text` stands in the log.
  [[nodiscard]] int logged(const std::string& text) const;
  [[nodiscard]] bool logs(const std::string& text) const;
  [[nodiscard]] const std::filesystem::path& socket() const { return socket_; }
  [[nodiscard]] const std::filesystem::path& config() const { return config_; }

  LocalLink& link() { return link_; }
  /// Waits while the program begins anew by itself. Throws std::runtime_error when nobody answers.
  core::Snapshot status();

private:
  void end_of_life();

  std::string program_;
  std::filesystem::path config_;
  std::filesystem::path socket_;
  LocalLink link_;
  std::optional<test_support::Process> process_;
  std::string earlier_log_;
};

}  // namespace parking::integration
