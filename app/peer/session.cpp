#include "app/peer/session.hpp"

#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

#include "app/peer/spawn.hpp"

namespace parking::peer {
namespace {

/// A message between gates has about 100 bytes, a page of rows up to 64 KiB.
constexpr std::size_t read_at_once = 4096;

}  // namespace

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
  if (!writing_) {
    // Nearly always there is room at once; a coroutine for each message would cost more than the
    // message.
    const std::size_t sent = stream_->write_now(asio::buffer(*bytes));
    if (sent == bytes->size()) return;
    bytes->erase(0, sent);
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
  std::string buffer(read_at_once, '\0');
  while (open_) {
    // The wait for a frame's first byte has no end here: whoever owns the session decides how long
    // silence is tolerated. From then on the whole frame has its deadline.
    const auto size = co_await stream_->read_some(asio::buffer(buffer));
    if (!size) co_return close(size.error().message());
    const auto fed = reader_.feed(std::string_view(buffer).substr(0, *size));
    hand_over_frames();
    if (fed) continue;
    if (open_)
      spdlog::warn("{} sent what is no frame and was disconnected: {}", remote(), fed.error().text);
    co_return close(fed.error().text);
  }
}

// Also what came before a fault.
void Session::hand_over_frames() {
  bool any = false;
  while (open_) {
    const auto payload = reader_.next();
    if (!payload) break;
    any = true;
    if (!finishing_.empty()) continue;
    if (silence_.count() > 0) limit_silence(silence_);
    // A copy: the handler may close the session, which clears the handlers.
    if (const auto received = handlers_.received) received(*payload);
  }
  if (any && std::exchange(in_frame_, false)) frame_timer_.cancel();
  if (!open_ || in_frame_ || !reader_.in_frame()) return;
  in_frame_ = true;
  close_after(limits_.frame_within, frame_timer_, "a frame was begun and not finished");
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
