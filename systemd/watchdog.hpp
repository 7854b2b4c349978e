#pragma once

#include <functional>

namespace parking::systemd {

/// To be called by the loop that does the work, after each round of it: tells systemd's watchdog
/// that the program is healthy, four times per interval at most. Does nothing without a watchdog.
std::function<void()> watchdog_feeder();

}  // namespace parking::systemd
