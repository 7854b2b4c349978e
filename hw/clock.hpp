#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace parking::hw {

/// Time since an arbitrary origin on the kernel's monotonic clock, the one that stamps line events
/// and that std::chrono::steady_clock reads.
using Timestamp = std::chrono::nanoseconds;

/// One timer. It fires once for each `set`; destroying or cancelling it is final: its action does
/// not run afterwards, not even when it was already due.
class Alarm {
public:
  virtual ~Alarm() = default;
  /// Replaces what was set before. A moment in the past fires as soon as possible, never inside
  /// this call.
  virtual void set(Timestamp at, std::function<void()> action) = 0;
  virtual void cancel() = 0;
};

/// Where the layer gets time from. AsioClock is the real one, ManualClock the one for tests.
class Clock {
public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Timestamp now() const = 0;
  /// The alarm must not outlive the clock.
  [[nodiscard]] virtual std::unique_ptr<Alarm> make_alarm() = 0;
};

}  // namespace parking::hw
