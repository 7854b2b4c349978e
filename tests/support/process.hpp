#pragma once

#include <chrono>
#include <csignal>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace parking::test_support {

/// One of our programs in the build's bin/, such as `parking-gate`.
std::filesystem::path program(std::string_view name);

/// A child process. Its output is kept and can be read at any time; it never blocks on it. A child
/// that still runs at the end of the scope, or when the test dies, is killed.
class Process {
public:
  using Milliseconds = std::chrono::milliseconds;

  /// Throws std::runtime_error when there is no such program.
  Process(const std::filesystem::path& program, const std::vector<std::string>& arguments);
  ~Process();
  Process(Process&& other) noexcept;
  Process& operator=(Process&& other) noexcept;

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] std::string output() const { return read_all(output_); }
  [[nodiscard]] std::string errors() const { return read_all(errors_); }

  [[nodiscard]] bool running();
  /// The exit code, 128 + N for signal N; nothing when it still runs after `deadline`.
  std::optional<int> wait(Milliseconds deadline);
  /// Whether a line of its output or errors contained `text` within `deadline`. False at once when
  /// the process ends without it.
  bool wait_for_line(std::string_view text, Milliseconds deadline);

  void terminate() { signal(SIGTERM); }
  void kill() { signal(SIGKILL); }
  /// SIGSTOP and SIGCONT: a machine that hangs, and recovers.
  void pause() { signal(SIGSTOP); }
  void resume() { signal(SIGCONT); }
  void signal(int number);

private:
  static std::string read_all(int file);
  void stop() noexcept;

  pid_t pid_ = -1;
  int output_ = -1;
  int errors_ = -1;
  std::optional<int> exit_code_;
};

}  // namespace parking::test_support
