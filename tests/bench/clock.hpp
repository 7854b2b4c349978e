#pragma once

#include <chrono>
#include <cstdint>

namespace parking::bench {

using Nanoseconds = std::chrono::nanoseconds;

/// Monotonic, and the same in all processes of this machine.
inline Nanoseconds now() {
  return std::chrono::steady_clock::now().time_since_epoch();
}

}  // namespace parking::bench
