#include "app/gate/board.hpp"

namespace parking::gate {
namespace {

hw::Polarity polarity(const LineConfig& line) {
  return line.active == ActiveLevel::low ? hw::Polarity::active_low : hw::Polarity::active_high;
}

hw::SensorSpec sensor_spec(std::string name, const SensorConfig& config) {
  if (const auto* beam = std::get_if<BeamConfig>(&config))
    return {std::move(name),
            hw::BeamSpec{.input = {.line = beam->line.name, .polarity = polarity(beam->line)},
                         .debounce = beam->debounce}};
  const auto& sonar = std::get<UltrasonicConfig>(config);
  hw::UltrasonicSpec spec{.trigger = {.line = sonar.trigger}, .echo = {.line = sonar.echo}};
  spec.settings.nearer_than_cm = sonar.nearer_than_cm;
  spec.settings.temperature_c = sonar.temperature_c;
  spec.timing.trigger = sonar.trigger_us;
  return {std::move(name), spec};
}

hw::BoardOutputSpec barrier_spec(std::string name, const BarrierConfig& config) {
  const hw::OutputSpec line{.line = config.line.name, .polarity = polarity(config.line)};
  if (config.kind == BarrierKind::hold) return {std::move(name), hw::HoldSpec{line}};
  return {std::move(name), hw::PulseSpec{.line = line, .length = config.pulse}};
}

}  // namespace

hw::BoardSpec board_spec(const GateConfig& config) {
  hw::BoardSpec spec;
  spec.chip = config.board.chip;
  spec.consumer = "parking-gate";
  for (const LaneConfig& lane : config.lanes) {
    spec.sensors.push_back(sensor_spec(approach_of(lane), lane.approach));
    spec.sensors.push_back(sensor_spec(passage_of(lane), lane.passage));
    spec.outputs.push_back(barrier_spec(barrier_of(lane), lane.barrier));
  }
  for (const auto& [name, line] : config.outputs)
    spec.outputs.push_back({name, hw::HoldSpec{{.line = line.name, .polarity = polarity(line)}}});
  return spec;
}

std::string approach_of(const LaneConfig& lane) {
  return lane.name + "/approach";
}
std::string passage_of(const LaneConfig& lane) {
  return lane.name + "/passage";
}
std::string barrier_of(const LaneConfig& lane) {
  return lane.name + "/barrier";
}

core::Presence to_core(hw::Presence presence) {
  switch (presence) {
    case hw::Presence::clear:
      return core::Presence::clear;
    case hw::Presence::present:
      return core::Presence::present;
    case hw::Presence::fault:
      return core::Presence::fault;
    case hw::Presence::unknown:
      break;
  }
  return core::Presence::unknown;
}

hw::Presence to_hw(core::Presence presence) {
  switch (presence) {
    case core::Presence::clear:
      return hw::Presence::clear;
    case core::Presence::present:
      return hw::Presence::present;
    case core::Presence::fault:
      return hw::Presence::fault;
    case core::Presence::unknown:
      break;
  }
  return hw::Presence::unknown;
}

}  // namespace parking::gate
