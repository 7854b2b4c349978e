#include "tests/support/port.hpp"

#include <stdexcept>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace parking::test_support {
namespace {

// Below the ports that Linux draws for outgoing connections (ip_local_port_range, 32768 to 60999
// unless configured), which would take one between our look and the program's start.
constexpr int first_port = 10'000;
constexpr int ports = 22'000;

int bound_socket(int type, int port) {
  const int socket = ::socket(AF_INET, type | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  if (socket >= 0 && ::bind(socket, generic, sizeof address) == 0) return socket;
  if (socket >= 0) ::close(socket);
  return -1;
}

bool nobody_listens(int port) {
  const int listener = bound_socket(SOCK_STREAM, port);
  if (listener >= 0) ::close(listener);
  return listener >= 0;
}

// Tests run beside each other in several processes. The UDP port of the same number, kept until the
// process ends, says that a TCP port is taken.
bool reserve(int port) {
  const int mark = bound_socket(SOCK_DGRAM, port);
  if (mark < 0) return false;
  if (nobody_listens(port)) return true;
  ::close(mark);
  return false;
}

}  // namespace

std::uint16_t free_port() {
  static int next = ::getpid() * 131 % ports;
  for (int tries = 0; tries < ports; ++tries) {
    const int port = first_port + next++ % ports;
    if (reserve(port)) return static_cast<std::uint16_t>(port);
  }
  throw std::runtime_error("no free TCP port on 127.0.0.1");
}

std::string free_address() {
  return "127.0.0.1:" + std::to_string(free_port());
}

}  // namespace parking::test_support
