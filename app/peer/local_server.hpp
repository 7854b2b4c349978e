#pragma once

#include <chrono>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "app/wire/local.hpp"

namespace parking::peer {

struct LocalTimes {
  /// A person sees no more than 25 pictures a second.
  std::chrono::milliseconds least_gap{40};
  /// Watchers hear at least this often, so that silence means that the program is gone.
  std::chrono::milliseconds longest_gap{500};
};

/// The local (Unix) socket on which the kiosk and parkingctl talk to their program.
class LocalServer {
public:
  struct Hooks {
    /// Answers everything but WatchRequest, at once or later, by one call of `reply`.
    std::function<void(const wire::LocalRequest&, std::function<void(wire::LocalReply)> reply)>
        answer;
    std::function<core::Snapshot()> snapshot;
  };

  /// The socket is readable and writable by owner and group. Error: why not, and what to do.
  static std::expected<std::unique_ptr<LocalServer>, std::string> listen(
      const boost::asio::any_io_executor& executor, const std::filesystem::path& path, Hooks hooks,
      LocalTimes times = {});
  ~LocalServer();
  LocalServer(const LocalServer&) = delete;
  LocalServer& operator=(const LocalServer&) = delete;

  /// The snapshot is another one: watchers get it, at most every `LocalTimes::least_gap`.
  void changed();
  /// Whether every answer has been handed to the kernel.
  [[nodiscard]] bool has_sent_all() const;

  static constexpr std::size_t max_connections = 64;

private:
  struct State;
  explicit LocalServer(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

}  // namespace parking::peer
