#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hw/beam.hpp"
#include "hw/board.hpp"
#include "hw/clock.hpp"

namespace parking::hw {

/// A board over lines: real ones, or simulated ones where the sensors themselves are to be tested.
class WiredBoard final : public Board {
public:
  /// `spec` has passed `check`; `lines` were requested with `lines_of(spec)`.
  WiredBoard(std::unique_ptr<Clock> clock, std::unique_ptr<Lines> lines, const BoardSpec& spec);

  [[nodiscard]] PresenceSensor* find_sensor(std::string_view name) override;
  [[nodiscard]] PresenceSensor* find_input(std::string_view name) override;
  [[nodiscard]] Output* find_output(std::string_view name) override;
  void on_failure(FailureHandler handler) override { on_failure_ = std::move(handler); }
  void start() override;
  void poll() override;

private:
  void add_sensors(const BoardSpec& spec);
  void add_outputs(const BoardSpec& spec);
  void fail(const Error& error);

  // Destroyed from the last to the first: whatever uses lines or clock goes before them.
  std::unique_ptr<Clock> clock_;
  std::unique_ptr<Lines> lines_;
  BeamBank beams_;
  std::vector<std::unique_ptr<UltrasonicSensor>> ultrasonics_;
  std::map<std::string, PresenceSensor*, std::less<>> sensors_;
  std::map<std::string, PresenceSensor*, std::less<>> inputs_;
  std::map<std::string, std::unique_ptr<Output>, std::less<>> outputs_;
  std::chrono::milliseconds ultrasonic_period_{0};
  FailureHandler on_failure_;
  bool started_ = false;
};

}  // namespace parking::hw
