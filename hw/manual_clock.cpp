#include "hw/manual_clock.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace parking::hw {

class ManualClock::ManualAlarm final : public Alarm {
public:
  explicit ManualAlarm(ManualClock& clock) : clock_(clock) { clock_.alarms_.push_back(this); }
  ManualAlarm(const ManualAlarm&) = delete;
  ManualAlarm& operator=(const ManualAlarm&) = delete;
  ~ManualAlarm() override { std::erase(clock_.alarms_, this); }

  void set(Timestamp at, std::function<void()> action) override {
    at_ = at;
    order_ = ++clock_.sets_;
    action_ = std::move(action);
  }
  void cancel() override { action_ = nullptr; }

  [[nodiscard]] bool due(Timestamp until) const { return action_ && at_ <= until; }
  [[nodiscard]] auto key() const { return std::tuple(at_, order_); }
  [[nodiscard]] Timestamp at() const { return at_; }
  [[nodiscard]] std::function<void()> take() { return std::exchange(action_, nullptr); }

private:
  ManualClock& clock_;
  Timestamp at_{};
  std::uint64_t order_ = 0;
  std::function<void()> action_;
};

std::unique_ptr<Alarm> ManualClock::make_alarm() {
  return std::make_unique<ManualAlarm>(*this);
}

ManualClock::ManualAlarm* ManualClock::next_due(Timestamp until) const {
  ManualAlarm* next = nullptr;
  for (ManualAlarm* alarm : alarms_) {
    if (alarm->due(until) && (next == nullptr || alarm->key() < next->key())) next = alarm;
  }
  return next;
}

void ManualClock::advance(Timestamp by) {
  const Timestamp until = now_ + by;
  while (ManualAlarm* alarm = next_due(until)) {
    now_ = std::max(now_, alarm->at());
    // Taken first: the action may destroy or set the alarm that it came from.
    const auto action = alarm->take();
    action();
  }
  now_ = until;
}

}  // namespace parking::hw
