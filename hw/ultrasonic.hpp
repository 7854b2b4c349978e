#pragma once

#include <memory>

#include "hw/lines.hpp"
#include "hw/ultrasonic_filter.hpp"

namespace parking::hw {

struct UltrasonicTiming {
  /// Length of the trigger pulse; the HC-SR04 wants at least 10 µs. The timer may make it a little
  /// longer, which does no harm: the echo is measured by itself.
  std::chrono::microseconds trigger{10};
  /// From one trigger to the next. At least 60 ms, or echoes of the one are heard by the other.
  std::chrono::milliseconds period{60};
};

/// Triggers the sensor and feeds the filter from the echo line.
class UltrasonicSensor final : public PresenceSensor {
public:
  /// `lines` and `clock` must outlive the sensor.
  UltrasonicSensor(Lines& lines, Clock& clock, OutputId trigger, InputId echo,
                   UltrasonicSettings settings, UltrasonicTiming timing);

  /// The first trigger comes `delay` from now: sensors side by side should not fire together.
  void start(std::chrono::milliseconds delay);
  /// The lines have stopped working: `fault` from now on.
  void fail();
  [[nodiscard]] std::optional<double> distance_cm() const { return filter_.distance_cm(); }

private:
  void measure();
  void end_trigger(Timestamp started);
  void pass_on(Timestamp at);

  Lines& lines_;
  Clock& clock_;
  OutputId trigger_;
  InputId echo_;
  UltrasonicTiming timing_;
  UltrasonicFilter filter_;
  std::unique_ptr<Alarm> alarm_;
  bool failed_ = false;
};

}  // namespace parking::hw
