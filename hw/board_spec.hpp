#pragma once

#include <chrono>
#include <expected>
#include <string>
#include <variant>
#include <vector>

#include "hw/lines.hpp"
#include "hw/ultrasonic.hpp"

namespace parking::hw {

/// One debounced line; active is `present`.
struct BeamSpec {
  InputSpec input{};
  /// 0 to 10 000: longer would hide real changes.
  std::chrono::milliseconds debounce{50};
};

struct UltrasonicSpec {
  OutputSpec trigger{};
  InputSpec echo{};
  UltrasonicSettings settings{};
  UltrasonicTiming timing{};
};

struct PulseSpec {
  OutputSpec line{};
  /// 1 to 60 000.
  std::chrono::milliseconds length{500};
};

struct HoldSpec {
  OutputSpec line{};
};

/// Names are free ("in/approach"); sensors, inputs and outputs have one name space each.
struct SensorSpec {
  std::string name;
  std::variant<BeamSpec, UltrasonicSpec> kind;
};

/// A plain contact, such as a fire alarm's.
struct BoardInputSpec {
  std::string name;
  BeamSpec contact;
};

struct BoardOutputSpec {
  std::string name;
  std::variant<PulseSpec, HoldSpec> kind;
};

struct BoardSpec {
  std::string chip = "auto";         ///< As in LinesSpec.
  std::string consumer = "parking";  ///< As in LinesSpec.
  std::vector<SensorSpec> sensors;
  std::vector<BoardInputSpec> inputs;
  std::vector<BoardOutputSpec> outputs;
};

/// Checks names and ranges; lines are checked by `check(LinesSpec)`, because a simulated board
/// needs none.
[[nodiscard]] std::expected<void, Error> check(const BoardSpec& spec);

/// All lines of the board as one request, in this order: inputs: for each sensor its beam or echo,
/// then the plain inputs; outputs: for each output its line, then the ultrasonic triggers.
[[nodiscard]] LinesSpec lines_of(const BoardSpec& spec);

}  // namespace parking::hw
