#include "hw/board_spec.hpp"

#include <set>
#include <utility>

namespace parking::hw {
namespace {

using Checked = std::expected<void, Error>;

std::unexpected<Error> invalid(const std::string& name, const std::string& what) {
  return std::unexpected(Error{ErrorKind::invalid_spec, name + ": " + what});
}

/// False for a NaN too.
bool within(double value, double lowest, double highest) {
  return value >= lowest && value <= highest;
}

template <typename Items>
Checked check_names(const Items& items, const std::string& kind) {
  std::set<std::string> seen;
  for (const auto& item : items) {
    if (item.name.empty()) return invalid(kind, "needs a name");
    if (!seen.insert(item.name).second) {
      return invalid(item.name, "two of this name; give each " + kind + " its own");
    }
  }
  return {};
}

Checked check_kind(const std::string& name, const BeamSpec& beam) {
  using namespace std::chrono_literals;
  if (beam.debounce < 0ms || beam.debounce > 10s) {
    return invalid(name, "debounce must be 0 to 10000 ms; 50 suits most sensors");
  }
  return {};
}

Checked check_kind(const std::string& name, const UltrasonicSpec& spec) {
  using namespace std::chrono_literals;
  const auto& settings = spec.settings;
  if (!within(settings.nearer_than_cm, 2, 400)) {
    return invalid(name, "the distance must be 2 to 400 cm, the range of the sensor");
  }
  if (!within(settings.hysteresis_cm, 0, 100)) {
    return invalid(name, "the hysteresis must be 0 to 100 cm; 10 suits most places");
  }
  if (!within(settings.temperature_c, -40, 85)) {
    return invalid(name, "the temperature must be -40 to 85 degrees Celsius");
  }
  if (settings.agreeing_readings < 1 || settings.silent_limit < 1 || settings.stuck_limit < 1) {
    return invalid(name, "counts of readings must be at least 1");
  }
  if (spec.timing.period < 60ms || spec.timing.period > 10s) {
    return invalid(name, "measurements must be 60 to 10000 ms apart, or echoes are mixed up");
  }
  if (spec.timing.trigger < 10us || spec.timing.trigger > 20ms) {
    return invalid(name, "the trigger pulse must last 10 to 20000 us; 10 suits an HC-SR04");
  }
  return {};
}

Checked check_kind(const std::string& name, const PulseSpec& pulse) {
  using namespace std::chrono_literals;
  if (pulse.length < 1ms || pulse.length > 60s) {
    return invalid(name, "a pulse must last 1 to 60000 ms; 500 suits most controllers");
  }
  return {};
}

Checked check_kind(const std::string& /*name*/, const HoldSpec& /*hold*/) {
  return {};
}

template <typename Item>
Checked check_item(const Item& item) {
  return std::visit([&](const auto& kind) { return check_kind(item.name, kind); }, item.kind);
}

}  // namespace

std::expected<void, Error> check(const BoardSpec& spec) {
  if (const auto names = check_names(spec.sensors, "sensor"); !names) return names;
  if (const auto names = check_names(spec.inputs, "input"); !names) return names;
  if (const auto names = check_names(spec.outputs, "output"); !names) return names;
  for (const auto& sensor : spec.sensors) {
    if (const auto kind = check_item(sensor); !kind) return kind;
  }
  for (const auto& input : spec.inputs) {
    if (const auto kind = check_kind(input.name, input.contact); !kind) return kind;
  }
  for (const auto& output : spec.outputs) {
    if (const auto kind = check_item(output); !kind) return kind;
  }
  return {};
}

LinesSpec lines_of(const BoardSpec& spec) {
  LinesSpec lines{spec.chip, spec.consumer, {}, {}};
  for (const auto& output : spec.outputs) {
    lines.outputs.push_back(std::visit([](const auto& kind) { return kind.line; }, output.kind));
  }
  for (const auto& sensor : spec.sensors) {
    if (const auto* beam = std::get_if<BeamSpec>(&sensor.kind)) {
      lines.inputs.push_back(beam->input);
    } else if (const auto* ultrasonic = std::get_if<UltrasonicSpec>(&sensor.kind)) {
      lines.inputs.push_back(ultrasonic->echo);
      lines.outputs.push_back(ultrasonic->trigger);
    }
  }
  for (const auto& input : spec.inputs) lines.inputs.push_back(input.contact.input);
  return lines;
}

}  // namespace parking::hw
