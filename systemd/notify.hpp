#pragma once

#include <chrono>
#include <optional>
#include <string>

// What a service tells systemd. Every call is harmless when nobody listens (NOTIFY_SOCKET unset)
// and may come from any thread; a service does not fail because its supervisor could not be told.
namespace parking::systemd {

// The service is up: systemd starts what is ordered after it. `status` is one line that
// `systemctl status` shows.
void notify_ready(const std::string& status);

// Replaces the line that `systemctl status` shows.
void notify_status(const std::string& status);

// The service is going down on purpose, as after SIGTERM.
void notify_stopping();

// The service is healthy. To be called by the loop that does the work, never by a bare timer: a
// timer proves only that the timer runs.
void notify_watchdog();

// The longest silence that systemd tolerates between two notify_watchdog() (WatchdogSec= of the
// unit); call twice as often. Empty when no watchdog watches this process.
std::optional<std::chrono::microseconds> watchdog_interval();

}  // namespace parking::systemd
