#include "systemd/notify.hpp"

#include <algorithm>
#include <cstdint>

#include <systemd/sd-daemon.h>

namespace parking::systemd {
namespace {

constexpr int keep_environment = 0;

// A newline would end the field and start another, so that a status could say READY=1.
std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

void send(const std::string& state) {
  static_cast<void>(sd_notify(keep_environment, state.c_str()));
}

}  // namespace

void notify_ready(const std::string& status) {
  send("READY=1\nSTATUS=" + one_line(status));
}

void notify_status(const std::string& status) {
  send("STATUS=" + one_line(status));
}

void notify_stopping() {
  send("STOPPING=1");
}

void notify_watchdog() {
  send("WATCHDOG=1");
}

std::optional<std::chrono::microseconds> watchdog_interval() {
  std::uint64_t interval_us = 0;
  if (sd_watchdog_enabled(keep_environment, &interval_us) <= 0) return std::nullopt;
  return std::chrono::microseconds(interval_us);
}

}  // namespace parking::systemd
