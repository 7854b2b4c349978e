#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/steady_timer.hpp>

#include "app/peer/stream.hpp"

namespace parking::peer {

/// One connection that carries frames. Sends in order from a bounded queue; reads one frame after
/// the other. Single-threaded on the stream's executor; lives until it is closed.
class Session : public std::enable_shared_from_this<Session> {
public:
  struct Handlers {
    /// One frame's payload.
    std::function<void(const std::string& payload)> received;
    /// Called once; nothing is called after it. `reason` is for the log.
    std::function<void(const std::string& reason)> closed;
  };

  static std::shared_ptr<Session> create(std::unique_ptr<Stream> stream);

  /// Starts reading; called again, only hands the session over to other handlers.
  void start(Handlers handlers);
  /// Queues one frame. A peer that does not read is given up when `max_queued` frames wait.
  void send(const std::string& payload);
  /// Sends what is queued (within `flush_within`), then closes.
  void finish(const std::string& reason);
  void close(const std::string& reason);

  [[nodiscard]] std::string remote() const { return stream_->remote(); }
  [[nodiscard]] bool is_open() const { return open_; }

  /// A peer gets about 3 messages a second when idle and a few per car; a thousand waiting ones
  /// mean that it has not read for minutes.
  static constexpr std::size_t max_queued = 1024;
  /// From a frame's first byte to its last. 64 KiB take 0.6 s at 1 Mbit/s.
  static constexpr std::chrono::seconds frame_within{5};
  static constexpr std::chrono::seconds flush_within{1};

private:
  explicit Session(std::unique_ptr<Stream> stream);

  asio::awaitable<void> read_frames();
  asio::awaitable<void> write_frames();
  void close_after(std::chrono::seconds time, asio::steady_timer& timer, const char* reason);

  std::unique_ptr<Stream> stream_;
  Handlers handlers_;
  std::deque<std::string> queue_;
  asio::steady_timer frame_timer_;
  asio::steady_timer flush_timer_;
  bool open_ = true;
  bool started_ = false;
  bool writing_ = false;
  std::string finishing_;
};

}  // namespace parking::peer
