#pragma once

#include <chrono>
#include <concepts>
#include <thread>

namespace parking::test_support {

/// Waits until `condition` holds, at most `deadline`. For conditions in other processes, which
/// cannot be waited for in any better way.
template <std::predicate Condition>
bool eventually(std::chrono::milliseconds deadline, Condition condition) {
  constexpr auto pause = std::chrono::milliseconds(5);
  const auto end = std::chrono::steady_clock::now() + deadline;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= end) return condition();
    std::this_thread::sleep_for(pause);
  }
  return true;
}

}  // namespace parking::test_support
