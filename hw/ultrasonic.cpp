#include "hw/ultrasonic.hpp"

namespace parking::hw {

UltrasonicSensor::UltrasonicSensor(Lines& lines, Clock& clock, OutputId trigger, InputId echo,
                                   UltrasonicSettings settings, UltrasonicTiming timing)
    : lines_(lines),
      clock_(clock),
      trigger_(trigger),
      echo_(echo),
      timing_(timing),
      filter_(settings),
      alarm_(clock.make_alarm()) {
  lines_.watch(echo, [this](const LineEvent& event) {
    filter_.echo(event.active, event.at);
    pass_on(event.at);
  });
}

void UltrasonicSensor::start(std::chrono::milliseconds delay) {
  const Timestamp now = clock_.now();
  const auto level = lines_.read(echo_);
  if (!level) return fail();
  // A line that is stuck from the start makes no edge that would tell.
  if (*level) filter_.echo(true, now);
  alarm_->set(now + delay, [this] { measure(); });
}

void UltrasonicSensor::fail() {
  failed_ = true;
  alarm_->cancel();
  const Timestamp now = clock_.now();
  report({Presence::fault, now, now});
}

void UltrasonicSensor::measure() {
  lines_.poll();
  if (failed_) return;
  const Timestamp now = clock_.now();
  const bool may_trigger = filter_.begin_measurement();
  pass_on(now);
  if (!may_trigger) {
    alarm_->set(now + timing_.period, [this] { measure(); });
    return;
  }
  if (!lines_.write(trigger_, true)) return fail();
  alarm_->set(now + timing_.trigger, [this, now] { end_trigger(now); });
}

void UltrasonicSensor::end_trigger(Timestamp started) {
  if (!lines_.write(trigger_, false)) return fail();
  // From the true start, so that the distance between triggers never falls below the period.
  alarm_->set(started + timing_.period, [this] { measure(); });
}

void UltrasonicSensor::pass_on(Timestamp at) {
  if (!failed_) report({filter_.presence(), at, at});
}

}  // namespace parking::hw
