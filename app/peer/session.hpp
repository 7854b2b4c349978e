#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/steady_timer.hpp>

#include "app/peer/stream.hpp"
#include "app/wire/frame.hpp"

namespace parking::peer {

struct SessionLimits {
  /// A peer gets about 3 messages a second when idle and a few per car; a thousand waiting ones
  /// mean that it has not read for minutes.
  std::size_t queued_frames = 1024;
  /// A full repair is below 2 MiB; what a thousand connections may hold must fit a Pi.
  std::size_t queued_bytes = std::size_t{4} << 20U;
  /// From a frame's first byte to its last. 64 KiB take 0.6 s at 1 Mbit/s.
  std::chrono::milliseconds frame_within{5000};
  /// For what is queued when the session is to end.
  std::chrono::milliseconds flush_within{1000};
};

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

  static std::shared_ptr<Session> create(std::unique_ptr<Stream> stream, SessionLimits limits = {});

  /// Starts reading; called again, only hands the session over to other handlers.
  void start(Handlers handlers);
  /// Closes when no whole frame arrives for this long; counts from now. 0: never.
  void limit_silence(std::chrono::milliseconds time);
  /// Queues one frame. A peer that does not read is given up when the queue is full.
  void send(const std::string& payload);
  /// Sends what is queued (within `flush_within`), then closes. Nothing more is received.
  void finish(const std::string& reason);
  void close(const std::string& reason);

  [[nodiscard]] std::string remote() const { return stream_->remote(); }
  [[nodiscard]] bool is_open() const { return open_; }
  /// All that was queued has left for the operating system.
  [[nodiscard]] bool has_sent_all() const { return !writing_; }

private:
  Session(std::unique_ptr<Stream> stream, SessionLimits limits);

  asio::awaitable<void> read_frames();
  void hand_over_frames();
  asio::awaitable<void> write_frames();
  void close_after(std::chrono::milliseconds time, asio::steady_timer& timer, const char* reason);

  std::unique_ptr<Stream> stream_;
  SessionLimits limits_;
  Handlers handlers_;
  wire::FrameReader reader_;
  bool in_frame_ = false;  ///< `frame_timer_` runs: a frame was begun and not finished
  std::deque<std::string> queue_;
  std::size_t queued_bytes_ = 0;
  std::chrono::milliseconds silence_{0};
  asio::steady_timer frame_timer_;
  asio::steady_timer flush_timer_;
  asio::steady_timer silence_timer_;
  bool open_ = true;
  bool started_ = false;
  bool writing_ = false;
  std::string finishing_;
};

}  // namespace parking::peer
