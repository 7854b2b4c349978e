#pragma once

#include <chrono>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>

#include "app/wire/local.hpp"

namespace parking::ctl {

/// Why there is no answer.
struct LinkFailure {
  std::string text;      ///< one line, and what to do
  bool stopped = false;  ///< the operator ended it (SIGINT, SIGTERM)
};

/// How long to wait for an answer. A program that is alive answers within milliseconds, and sends
/// each second when watched.
inline constexpr std::chrono::milliseconds usual_patience{3000};

/// A connection to the Unix socket of a gate or of the central service.
class Link {
public:
  static std::expected<Link, LinkFailure> connect(const std::filesystem::path& socket,
                                                  std::chrono::milliseconds patience);
  Link(Link&&) noexcept;
  Link& operator=(Link&&) noexcept;
  ~Link();

  std::expected<void, LinkFailure> send(const wire::LocalRequest& request);
  /// The next reply, whole and understood, within the patience.
  std::expected<wire::LocalReply, LinkFailure> receive();
  /// From now on SIGINT and SIGTERM end `receive` instead of the program.
  void end_on_signals();

private:
  struct State;
  explicit Link(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace parking::ctl
