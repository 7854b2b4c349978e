#include "tests/unit/app/ctl/fake_server.hpp"

#include <array>
#include <stdexcept>
#include <utility>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/wire/frame.hpp"

namespace parking::ctl {

std::optional<wire::LocalRequest> FakeServer::Caller::request() const {
  wire::FrameReader reader;
  std::array<char, 4096> piece{};
  for (;;) {
    if (const auto payload = reader.next()) {
      auto request = wire::decode_local_request(*payload);
      return request ? std::optional(*std::move(request)) : std::nullopt;
    }
    const auto size = ::read(descriptor_, piece.data(), piece.size());
    if (size <= 0 || !reader.feed({piece.data(), static_cast<std::size_t>(size)}))
      return std::nullopt;
  }
}

void FakeServer::Caller::send(const wire::LocalReply& reply) const {
  send(wire::frame(wire::encode(reply)).value());
}

void FakeServer::Caller::send(const std::string& bytes) const {
  (void)::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

FakeServer::FakeServer(std::function<void(Caller)> treat)
    : listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socket().native().copy(address.sun_path, sizeof address.sun_path - 1);
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener_, 4) != 0)
    throw std::runtime_error("cannot listen on " + socket().string());
  thread_ = std::thread([listener = listener_, treat = std::move(treat)] {
    const int caller = ::accept(listener, nullptr, nullptr);
    if (caller < 0) return;
    treat(Caller(caller));
    ::close(caller);
  });
}

FakeServer::~FakeServer() {
  // Wakes a thread that nobody has called.
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

}  // namespace parking::ctl
