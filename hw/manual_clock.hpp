#pragma once

#include <cstdint>
#include <vector>

#include "hw/clock.hpp"

namespace parking::hw {

/// Virtual time: it moves only by `advance`, which fires the alarms that fall due, in order and
/// each at its own moment.
class ManualClock final : public Clock {
public:
  /// Not zero, so that nothing can take the origin for "no time yet".
  explicit ManualClock(Timestamp start = std::chrono::hours(1)) : now_(start) {}
  ManualClock(const ManualClock&) = delete;
  ManualClock& operator=(const ManualClock&) = delete;

  [[nodiscard]] Timestamp now() const override { return now_; }
  [[nodiscard]] std::unique_ptr<Alarm> make_alarm() override;
  void advance(Timestamp by);
  /// Moves time without firing anything, as a process sees it that was not scheduled. The alarms
  /// that fell due fire late, with the next `advance`.
  void stall(Timestamp by) { now_ += by; }

private:
  class ManualAlarm;
  [[nodiscard]] ManualAlarm* next_due(Timestamp until) const;

  Timestamp now_;
  std::uint64_t sets_ = 0;
  std::vector<ManualAlarm*> alarms_;
};

}  // namespace parking::hw
