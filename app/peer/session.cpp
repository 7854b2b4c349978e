#include "app/peer/session.hpp"

#include <array>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

#include "app/peer/spawn.hpp"
#include "app/wire/frame.hpp"

namespace parking::peer {

std::shared_ptr<Session> Session::create(std::unique_ptr<Stream> stream, SessionLimits limits) {
  return std::shared_ptr<Session>(new Session(std::move(stream), limits));
}

Session::Session(std::unique_ptr<Stream> stream, SessionLimits limits)
    : stream_(std::move(stream)),
      limits_(limits),
      frame_timer_(stream_->executor()),
      flush_timer_(stream_->executor()),
      silence_timer_(stream_->executor()) {}

void Session::start(Handlers handlers) {
  handlers_ = std::move(handlers);
  if (std::exchange(started_, true)) return;
  spawn(stream_->executor(), read_frames(),
        [self = shared_from_this()](const std::string& error) { self->close(error); });
}

void Session::limit_silence(std::chrono::milliseconds time) {
  silence_ = time;
  silence_timer_.cancel();
  if (open_ && time.count() > 0)
    close_after(time, silence_timer_, "the other side has been silent for too long");
}

void Session::send(const std::string& payload) {
  if (!open_ || !finishing_.empty()) return;
  auto bytes = wire::frame(payload);
  if (!bytes) {
    close(bytes.error().text);
    return;
  }
  if (queue_.size() >= limits_.queued_frames ||
      queued_bytes_ + bytes->size() > limits_.queued_bytes) {
    close("the other side does not read what it is sent");
    return;
  }
  queued_bytes_ += bytes->size();
  queue_.push_back(std::move(*bytes));
  if (std::exchange(writing_, true)) return;
  spawn(stream_->executor(), write_frames(),
        [self = shared_from_this()](const std::string& error) { self->close(error); });
}

void Session::finish(const std::string& reason) {
  if (!open_ || !finishing_.empty()) return;
  finishing_ = reason;
  if (!writing_) {
    // Later, so that whoever asked for it has finished what he does.
    asio::post(stream_->executor(), [self = shared_from_this(), reason] { self->close(reason); });
    return;
  }
  close_after(limits_.flush_within, flush_timer_, "the other side did not read the last messages");
}

void Session::close(const std::string& reason) {
  if (!std::exchange(open_, false)) return;
  frame_timer_.cancel();
  flush_timer_.cancel();
  silence_timer_.cancel();
  stream_->close();
  const Handlers handlers = std::exchange(handlers_, {});
  if (handlers.closed) handlers.closed(reason);
}

asio::awaitable<void> Session::read_frames() {
  const auto self = shared_from_this();
  while (open_) {
    std::array<std::uint8_t, wire::frame_header_size> header{};
    // The wait for a frame's first byte has no end here: whoever owns the session decides how long
    // silence is tolerated. From then on the whole frame has its deadline.
    auto result = co_await stream_->read(asio::buffer(header, 1));
    if (!result) co_return close(result.error().message());
    close_after(limits_.frame_within, frame_timer_, "a frame was begun and not finished");
    result = co_await stream_->read(asio::buffer(header) + 1);
    if (!result) co_return close(result.error().message());
    const auto size = wire::payload_size(header);
    if (!size) {
      spdlog::warn("{} sent what is no frame and was disconnected: {}", remote(),
                   size.error().text);
      co_return close(size.error().text);
    }
    std::string payload(*size, '\0');
    result = co_await stream_->read(asio::buffer(payload));
    if (!result) co_return close(result.error().message());
    frame_timer_.cancel();
    if (!finishing_.empty()) continue;
    if (silence_.count() > 0) limit_silence(silence_);
    // A copy: the handler may close the session, which clears the handlers.
    if (const auto received = handlers_.received) received(payload);
  }
}

asio::awaitable<void> Session::write_frames() {
  const auto self = shared_from_this();
  while (open_ && !queue_.empty()) {
    const std::string bytes = std::move(queue_.front());
    queue_.pop_front();
    queued_bytes_ -= bytes.size();
    const auto result = co_await stream_->write(asio::buffer(bytes));
    if (!result) co_return close(result.error().message());
  }
  writing_ = false;
  if (open_ && !finishing_.empty()) close(finishing_);
}

void Session::close_after(std::chrono::milliseconds time, asio::steady_timer& timer,
                          const char* reason) {
  timer.expires_after(time);
  timer.async_wait([weak = weak_from_this(), reason](boost::system::error_code error) {
    if (error) return;
    if (const auto self = weak.lock()) self->close(reason);
  });
}

}  // namespace parking::peer
