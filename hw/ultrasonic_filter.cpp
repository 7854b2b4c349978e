#include "hw/ultrasonic_filter.hpp"

#include <utility>

namespace parking::hw {
namespace {

/// The HC-SR04 measures from 2 cm on; anything shorter is crosstalk or interference.
constexpr double nearest_cm = 2;

double speed_of_sound_m_s(double temperature_c) {
  return 331.3 + 0.606 * temperature_c;
}

}  // namespace

double echo_us_per_cm(double temperature_c) {
  return 58.0 * speed_of_sound_m_s(20) / speed_of_sound_m_s(temperature_c);
}

UltrasonicFilter::UltrasonicFilter(UltrasonicSettings settings)
    : settings_(settings), us_per_cm_(echo_us_per_cm(settings.temperature_c)) {}

bool UltrasonicFilter::begin_measurement() {
  if (echo_since_) {
    count_towards_fault(stuck_, settings_.stuck_limit);
    return false;
  }
  stuck_ = 0;
  if (measuring_ && !std::exchange(has_reading_, false)) {
    count_towards_fault(silent_, settings_.silent_limit);
  }
  measuring_ = true;
  return true;
}

void UltrasonicFilter::echo(bool active, Timestamp at) {
  if (active) {
    echo_since_ = at;
    return;
  }
  const auto since = std::exchange(echo_since_, std::nullopt);
  if (!since || at <= *since) return;
  const std::chrono::duration<double, std::micro> width = at - *since;
  reading(width.count() / us_per_cm_);
}

void UltrasonicFilter::reading(double cm) {
  if (cm < nearest_cm) return;
  // A pulse that ends a stuck line measures how long it was stuck, not a distance.
  if (stuck_ >= settings_.stuck_limit) return;
  distance_cm_ = cm;
  has_reading_ = true;
  silent_ = 0;
  const double limit =
      settings_.nearer_than_cm + (presence_ == Presence::present ? settings_.hysteresis_cm : 0.0);
  const Presence vote = cm < limit ? Presence::present : Presence::clear;
  agreeing_ = vote == candidate_ ? agreeing_ + 1 : 1;
  candidate_ = vote;
  if (agreeing_ >= settings_.agreeing_readings) presence_ = vote;
}

void UltrasonicFilter::count_towards_fault(int& count, int limit) {
  if (count >= limit) return;
  ++count;
  if (count < limit) return;
  presence_ = Presence::fault;
  candidate_ = Presence::unknown;
  agreeing_ = 0;
}

}  // namespace parking::hw
