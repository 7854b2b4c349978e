#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/core/snapshot.hpp"
#include "app/gate/toml_reader.hpp"

namespace parking::gate {

enum class BoardKind : std::uint8_t { gpiod, simulated };

/// Which level of a line means "yes": covered, pressed, open.
enum class ActiveLevel : std::uint8_t { high, low };

/// A line by its name on the chip, such as `GPIO17`. On the simulated board a line without a name
/// is called after its place: `in.approach`, `in.barrier`.
struct LineConfig {
  std::string name;
  ActiveLevel active = ActiveLevel::high;
  bool operator==(const LineConfig&) const = default;
};

struct BeamConfig {
  LineConfig line;
  std::chrono::milliseconds debounce{50};  ///< 0 to 5000
  bool operator==(const BeamConfig&) const = default;
};

/// HC-SR04 and kin.
struct UltrasonicConfig {
  std::string trigger;
  std::string echo;
  double nearer_than_cm = 120;               ///< a car is nearer than this; 5 to 400
  std::chrono::microseconds trigger_us{10};  ///< 2 to 100,000
  double temperature_c = 20;                 ///< of the air, for the speed of sound; -40 to 60
  bool operator==(const UltrasonicConfig&) const = default;
};

using SensorConfig = std::variant<BeamConfig, UltrasonicConfig>;

enum class BarrierKind : std::uint8_t { pulse, hold };

struct BarrierConfig {
  BarrierKind kind = BarrierKind::pulse;
  LineConfig line;
  std::chrono::milliseconds pulse{500};  ///< 50 to 10,000; `pulse` only
  std::chrono::seconds repeat{10};       ///< 0 (never) to 600; `pulse` only
  bool operator==(const BarrierConfig&) const = default;
};

/// What an entry does while one of its sensors is of no use.
enum class OnFault : std::uint8_t { closed, attended };

struct LaneConfig {
  std::string name;  ///< 1 to 32 of `a-z 0-9 - _`, unique in the gate
  core::LaneDirection direction = core::LaneDirection::entry;
  SensorConfig approach;
  SensorConfig passage;
  BarrierConfig barrier;
  OnFault on_fault = OnFault::closed;
  std::chrono::seconds pass_window{10};     ///< 1 to 600
  std::chrono::milliseconds merge{800};     ///< 0 to 10,000
  std::chrono::seconds present_limit{600};  ///< present for longer raises an alarm; 10 to 86,400
  bool operator==(const LaneConfig&) const = default;
};

/// A gate with more lanes than this is two gates.
inline constexpr std::size_t max_lanes = 16;

/// Keeps each line of the board to one use.
class LineRegister {
public:
  /// Reads `key` of `table` as a line's name. `place` names the line on the simulated board and in
  /// messages ("lane \"in\" approach"); on a real board a line without a name is a fault.
  std::string read(config::TableReader& table, std::string_view key, BoardKind board,
                   const std::string& place);

private:
  std::map<std::string, std::string> used_;  ///< line -> place
};

/// All `[[lane]]` tables.
std::vector<LaneConfig> read_lanes(config::TableReader& root, BoardKind board, LineRegister& lines);

std::optional<ActiveLevel> read_active(config::TableReader& table);

}  // namespace parking::gate
