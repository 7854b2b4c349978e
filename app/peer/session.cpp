#include "app/peer/session.hpp"

#include <array>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include "app/peer/spawn.hpp"
#include "app/wire/frame.hpp"

namespace parking::peer {

std::shared_ptr<Session> Session::create(std::unique_ptr<Stream> stream) {
  return std::shared_ptr<Session>(new Session(std::move(stream)));
}

Session::Session(std::unique_ptr<Stream> stream)
    : stream_(std::move(stream)),
      frame_timer_(stream_->executor()),
      flush_timer_(stream_->executor()) {}

void Session::start(Handlers handlers) {
  handlers_ = std::move(handlers);
  if (std::exchange(started_, true)) return;
  spawn(stream_->executor(), read_frames(),
        [self = shared_from_this()](const std::string& error) { self->close(error); });
}

void Session::send(const std::string& payload) {
  if (!open_ || !finishing_.empty()) return;
  if (queue_.size() >= max_queued) {
    close("the other side does not read what it is sent");
    return;
  }
  auto bytes = wire::frame(payload);
  if (!bytes) {
    close(bytes.error().text);
    return;
  }
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
  close_after(flush_within, flush_timer_, "the other side did not read the last messages");
}

void Session::close(const std::string& reason) {
  if (!std::exchange(open_, false)) return;
  frame_timer_.cancel();
  flush_timer_.cancel();
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
    close_after(frame_within, frame_timer_, "a frame was begun and not finished");
    result = co_await stream_->read(asio::buffer(header) + 1);
    if (!result) co_return close(result.error().message());
    const auto size = wire::payload_size(header);
    if (!size) co_return close(size.error().text);
    std::string payload(*size, '\0');
    result = co_await stream_->read(asio::buffer(payload));
    if (!result) co_return close(result.error().message());
    frame_timer_.cancel();
    // A copy: the handler may close the session, which clears the handlers.
    if (const auto received = handlers_.received) received(payload);
  }
}

asio::awaitable<void> Session::write_frames() {
  const auto self = shared_from_this();
  while (open_ && !queue_.empty()) {
    const std::string bytes = std::move(queue_.front());
    queue_.pop_front();
    const auto result = co_await stream_->write(asio::buffer(bytes));
    if (!result) co_return close(result.error().message());
  }
  writing_ = false;
  if (open_ && !finishing_.empty()) close(finishing_);
}

void Session::close_after(std::chrono::seconds time, asio::steady_timer& timer,
                          const char* reason) {
  timer.expires_after(time);
  timer.async_wait([weak = weak_from_this(), reason](boost::system::error_code error) {
    if (error) return;
    if (const auto self = weak.lock()) self->close(reason);
  });
}

}  // namespace parking::peer
