#pragma once

#include <map>
#include <memory>
#include <string>

#include "hw/board.hpp"
#include "hw/clock.hpp"
#include "hw/simulated_lines.hpp"

namespace parking::hw {

/// A board without hardware, driven by hand. Lines need no names. Sensors and inputs start `clear`;
/// outputs behave like real ones, pulses end by the clock. Handlers run inside the call that
/// changes something.
class SimulatedBoard final : public Board {
public:
  using OutputHandler = std::function<void(std::string_view name, bool active)>;

  /// `spec` has passed `check`. `clock` must outlive the board.
  SimulatedBoard(Clock& clock, const BoardSpec& spec);
  ~SimulatedBoard() override;

  /// What the sensor is to say from now on, `fault` and `unknown` included.
  std::expected<void, Error> set_presence(std::string_view sensor, Presence presence);
  std::expected<void, Error> set_input(std::string_view input, Presence presence);
  /// Called at each change of any output.
  void on_output(OutputHandler handler) { on_output_ = std::move(handler); }
  /// The last changes of outputs; `line` is the output's name.
  [[nodiscard]] const std::deque<SimulatedLines::Write>& writes() const { return lines_.writes(); }

  [[nodiscard]] PresenceSensor* find_sensor(std::string_view name) override;
  [[nodiscard]] PresenceSensor* find_input(std::string_view name) override;
  [[nodiscard]] Output* find_output(std::string_view name) override;
  /// Nothing fails here.
  void on_failure(FailureHandler /*handler*/) override {}
  void start() override;
  /// Nothing happens here that was not reported.
  void poll() override {}

private:
  class Sensor;
  using Sensors = std::map<std::string, std::unique_ptr<Sensor>, std::less<>>;

  std::expected<void, Error> set(Sensors& sensors, std::string_view name, Presence presence,
                                 const char* kind);

  Clock& clock_;
  SimulatedLines lines_;
  Sensors sensors_;
  Sensors inputs_;
  std::map<std::string, std::unique_ptr<Output>, std::less<>> outputs_;
  OutputHandler on_output_;
};

}  // namespace parking::hw
