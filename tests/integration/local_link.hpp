#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/ctl/link.hpp"
#include "app/wire/local.hpp"

namespace parking::integration {

/// How long a test waits for what must happen. The machine may be busy with other things; what
/// goes right takes a fraction of it.
inline constexpr std::chrono::seconds patience{30};

/// A lasting connection to a program's local socket; made anew when the program was restarted.
/// Not to be shared by threads: each has its own.
class LocalLink {
public:
  explicit LocalLink(std::filesystem::path socket) : socket_(std::move(socket)) {}

  /// Nothing: nobody answered.
  std::optional<wire::LocalReply> ask(const wire::LocalRequest& request);
  std::optional<core::Snapshot> status();
  std::vector<core::Event> history();
  void disconnect() { link_.reset(); }

private:
  std::optional<wire::LocalReply> ask_once(const wire::LocalRequest& request);

  std::filesystem::path socket_;
  std::optional<ctl::Link> link_;
};

}  // namespace parking::integration
