#pragma once

#include <chrono>
#include <concepts>

#include <boost/asio/io_context.hpp>

namespace parking::peer {

/// Runs `io` until `condition` holds; false when it does not within `deadline`.
template <std::predicate Condition>
bool run_until(boost::asio::io_context& io, Condition condition,
               std::chrono::milliseconds deadline = std::chrono::seconds(5)) {
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (!condition()) {
    io.restart();
    if (io.run_one_until(end) == 0) return condition();
  }
  return true;
}

/// Runs what is ready and waits for nothing.
inline void run_ready(boost::asio::io_context& io) {
  io.restart();
  while (io.poll() > 0) {
  }
}

}  // namespace parking::peer
