#include "tests/bench/port.hpp"

#include <stdexcept>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <unistd.h>

namespace parking::bench {
namespace {

using boost::asio::ip::tcp;

constexpr int first_port = 10'000;
constexpr int end_of_ports = 32'000;  // Linux begins at 32,768 with outgoing ones

bool is_free(int port) {
  boost::asio::io_context io;
  tcp::acceptor probe(io);
  boost::system::error_code error;
  const tcp::endpoint endpoint(boost::asio::ip::address_v4::loopback(),
                               static_cast<std::uint16_t>(port));
  probe.open(tcp::v4(), error);
  if (!error) probe.bind(endpoint, error);
  return !error;
}

}  // namespace

std::uint16_t quiet_port() {
  // Runs of different processes begin at different places.
  static int next = first_port + static_cast<int>(::getpid()) % 200 * 100;
  for (int tried = first_port; tried < end_of_ports; ++tried) {
    const int port = next++;
    if (next == end_of_ports) next = first_port;
    if (is_free(port)) return static_cast<std::uint16_t>(port);
  }
  throw std::runtime_error("no free TCP port on 127.0.0.1");
}

std::string quiet_address() {
  return "127.0.0.1:" + std::to_string(quiet_port());
}

}  // namespace parking::bench
