#include "tests/support/port.hpp"

#include <set>
#include <stdexcept>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace parking::test_support {
namespace {

std::uint16_t port_of_the_moment() {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  const bool found = listener >= 0 && ::bind(listener, generic, size) == 0 &&
                     ::getsockname(listener, generic, &size) == 0;
  if (listener >= 0) ::close(listener);
  if (!found) throw std::runtime_error("no free TCP port on 127.0.0.1");
  return ntohs(address.sin_port);
}

}  // namespace

std::uint16_t free_port() {
  static std::set<std::uint16_t> given;
  for (;;)
    if (const auto port = port_of_the_moment(); given.insert(port).second) return port;
}

std::string free_address() {
  return "127.0.0.1:" + std::to_string(free_port());
}

}  // namespace parking::test_support
