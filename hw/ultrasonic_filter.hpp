#pragma once

#include <chrono>
#include <optional>

#include "hw/presence.hpp"

namespace parking::hw {

/// Settings of an HC-SR04 or one of its kin.
struct UltrasonicSettings {
  /// Nearer than this is present. 2 to 400, the sensor's range.
  double nearer_than_cm = 120;
  /// Only a reading beyond nearer_than_cm + hysteresis_cm speaks for clear again.
  double hysteresis_cm = 10;
  /// Air temperature, -40 to 85.
  double temperature_c = 20;
  /// Consecutive readings that must agree before the presence changes. At least 1; with 2 or more
  /// a single outlier is ignored.
  int agreeing_readings = 3;
  /// Measurements in a row without a reading after which the sensor is in fault: at 60 ms each,
  /// just under a second. Counted, not timed, so that a stalled process is no sensor fault.
  int silent_limit = 15;
  /// Measurements in a row that the echo line is found active before it counts as stuck. 300 ms at
  /// 60 ms each; some modules answer "nothing in range" with a pulse of 200 ms.
  int stuck_limit = 5;
};

/// Echo width per centimetre of distance, there and back. 58 µs/cm at 20 °C, the figure of the
/// HC-SR04's data sheet, scaled by the speed of sound in dry air, 331.3 m/s + 0.606 m/s per °C
/// (331.3·sqrt(1 + T/273.15) to first order; Wikipedia, "Speed of sound", practical formula).
[[nodiscard]] double echo_us_per_cm(double temperature_c);

/// Makes presence of echo edges. Pure: time comes in with the edges.
///
/// A pulse is a reading. One nearer than the sensor can measure is a spike and no reading; one
/// that is too long for the sensor's range says that nothing is in range, which is far.
class UltrasonicFilter {
public:
  explicit UltrasonicFilter(UltrasonicSettings settings);

  /// Called before each trigger pulse; closes the books on the measurement before. False: the echo
  /// line is still active, do not trigger.
  [[nodiscard]] bool begin_measurement();
  /// The level of the echo line after an edge, with the kernel's time stamp.
  void echo(bool active, Timestamp at);

  [[nodiscard]] Presence presence() const { return presence_; }
  /// Of the last reading; none before the first.
  [[nodiscard]] std::optional<double> distance_cm() const { return distance_cm_; }

private:
  void reading(double cm);
  void count_towards_fault(int& count, int limit);

  UltrasonicSettings settings_;
  double us_per_cm_;
  Presence presence_ = Presence::unknown;
  Presence candidate_ = Presence::unknown;
  int agreeing_ = 0;
  int silent_ = 0;
  int stuck_ = 0;
  bool measuring_ = false;
  bool has_reading_ = false;
  std::optional<Timestamp> echo_since_;
  std::optional<double> distance_cm_;
};

}  // namespace parking::hw
