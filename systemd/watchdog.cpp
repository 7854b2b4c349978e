#include "systemd/watchdog.hpp"

#include <chrono>

#include "systemd/notify.hpp"

namespace parking::systemd {

std::function<void()> watchdog_feeder() {
  const auto interval = watchdog_interval();
  if (!interval) return [] {};
  return [gap = *interval / 4, fed = std::chrono::steady_clock::time_point{}]() mutable {
    const auto now = std::chrono::steady_clock::now();
    if (now - fed < gap) return;
    fed = now;
    notify_watchdog();
  };
}

}  // namespace parking::systemd
