#include "hw/simulated_board.hpp"

#include <utility>

namespace parking::hw {
namespace {

/// Lines called as the outputs are, since real line names are optional here.
LinesSpec lines_named_as_outputs(const BoardSpec& spec) {
  LinesSpec lines;
  for (const auto& output : spec.outputs) lines.outputs.push_back({.line = output.name});
  return lines;
}

template <typename Map>
auto* find_in(const Map& map, std::string_view name) {
  const auto found = map.find(name);
  return found == map.end() ? nullptr : found->second.get();
}

}  // namespace

/// Says what it is told to; before `start` it keeps that to itself.
class SimulatedBoard::Sensor final : public PresenceSensor {
public:
  void set(Presence presence, Timestamp at) {
    told_ = presence;
    if (started_) report({told_, at, at});
  }
  void start(Timestamp at) {
    started_ = true;
    report({told_, at, at});
  }

private:
  Presence told_ = Presence::clear;
  bool started_ = false;
};

SimulatedBoard::SimulatedBoard(Clock& clock, const BoardSpec& spec)
    : clock_(clock), lines_(clock, lines_named_as_outputs(spec)) {
  for (const auto& sensor : spec.sensors) {
    sensors_.emplace(sensor.name, std::make_unique<Sensor>());
  }
  for (const auto& input : spec.inputs) inputs_.emplace(input.name, std::make_unique<Sensor>());
  std::size_t next = 0;
  for (const auto& output : spec.outputs) {
    const OutputId line{next++};
    if (const auto* pulse = std::get_if<PulseSpec>(&output.kind)) {
      outputs_.emplace(output.name,
                       std::make_unique<PulseOutput>(lines_, clock_, line, pulse->length));
    } else {
      outputs_.emplace(output.name, std::make_unique<HoldOutput>(lines_, line));
    }
  }
  lines_.on_write([this, names = lines_named_as_outputs(spec)](OutputId line, bool active) {
    if (on_output_) on_output_(names.outputs[static_cast<std::size_t>(line)].line, active);
  });
}

SimulatedBoard::~SimulatedBoard() {
  // The outputs go inactive while they are destroyed; nobody is told of a board that is going.
  on_output_ = nullptr;
  outputs_.clear();
}

std::expected<void, Error> SimulatedBoard::set_presence(std::string_view sensor,
                                                        Presence presence) {
  return set(sensors_, sensor, presence, "sensor");
}

std::expected<void, Error> SimulatedBoard::set_input(std::string_view input, Presence presence) {
  return set(inputs_, input, presence, "input");
}

std::expected<void, Error> SimulatedBoard::set(Sensors& sensors, std::string_view name,
                                               Presence presence, const char* kind) {
  auto* const sensor = find_in(sensors, name);
  if (sensor == nullptr) {
    std::string message = std::string("the board has no ") + kind + " " + std::string(name);
    std::string known;
    for (const auto& entry : sensors) known += (known.empty() ? "" : ", ") + entry.first;
    if (!known.empty()) message += "; there are: " + known;
    return std::unexpected(Error{ErrorKind::line_not_found, message});
  }
  sensor->set(presence, clock_.now());
  return {};
}

PresenceSensor* SimulatedBoard::find_sensor(std::string_view name) {
  return find_in(sensors_, name);
}

PresenceSensor* SimulatedBoard::find_input(std::string_view name) {
  return find_in(inputs_, name);
}

Output* SimulatedBoard::find_output(std::string_view name) {
  return find_in(outputs_, name);
}

void SimulatedBoard::start() {
  const Timestamp now = clock_.now();
  for (const auto& sensor : sensors_) sensor.second->start(now);
  for (const auto& input : inputs_) input.second->start(now);
  lines_.start();
}

}  // namespace parking::hw
