#include "tests/bench/event_loop.hpp"

#include <stdexcept>
#include <string>

namespace parking::bench {
namespace {

// Forty-nine processes on one processor need seconds to find each other.
constexpr std::chrono::seconds patience{120};

}  // namespace

void run_until(boost::asio::io_context& io, const char* awaited,
               const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end)
      throw std::runtime_error(std::string("waited in vain for ") + awaited);
    io.run_one_until(end);
  }
}

}  // namespace parking::bench
