#include "app/gate/lane_config.hpp"

#include <algorithm>
#include <set>

namespace parking::gate {
namespace {

using config::TableReader;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

enum class SensorKind : std::uint8_t { beam, ultrasonic };

bool is_lane_name(std::string_view name) {
  constexpr std::size_t longest = 32;
  return !name.empty() && name.size() <= longest && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

SensorConfig read_beam(TableReader& table, BoardKind board, const std::string& place,
                       LineRegister& lines) {
  BeamConfig beam;
  beam.line.name = lines.read(table, "line", board, place);
  beam.line.active = read_active(table).value_or(ActiveLevel::high);
  table.duration("debounce_ms", milliseconds(0), milliseconds(5000), beam.debounce);
  return beam;
}

SensorConfig read_ultrasonic(TableReader& table, BoardKind board, const std::string& place,
                             LineRegister& lines) {
  UltrasonicConfig sensor;
  sensor.trigger = lines.read(table, "trigger", board, place + ".trigger");
  sensor.echo = lines.read(table, "echo", board, place + ".echo");
  if (board == BoardKind::gpiod && !table.has("nearer_than_cm"))
    table.missing("nearer_than_cm",
                  "say how near a car is, in cm: half-way to what the sensor "
                  "sees when the lane is empty is a good start");
  // 4 m is as far as an HC-SR04 hears.
  sensor.nearer_than_cm = table.number("nearer_than_cm", 5, 400).value_or(sensor.nearer_than_cm);
  table.duration("trigger_us", microseconds(2), microseconds(100'000), sensor.trigger_us);
  sensor.temperature_c = table.number("temperature_c", -40, 60).value_or(sensor.temperature_c);
  return sensor;
}

SensorConfig read_sensor(TableReader& lane, std::string_view key, BoardKind board,
                         const std::string& lane_name, LineRegister& lines) {
  if (!lane.has(key)) {
    lane.missing(key, "lane \"" + lane_name + "\" needs this sensor; write for example " +
                          std::string(key) + " = { kind = \"beam\", line = \"GPIO17\" }");
    return {};
  }
  TableReader table = lane.table(key);
  if (!table.present()) return {};
  const auto kind = table.choice<SensorKind>(
      "kind", {{"beam", SensorKind::beam}, {"ultrasonic", SensorKind::ultrasonic}});
  if (!kind) {
    if (!table.has("kind"))
      table.missing("kind", "say which sensor it is: \"beam\" or \"ultrasonic\"");
    table.accept_every_key();
    return {};
  }
  const std::string place = lane_name + "." + std::string(key);
  return *kind == SensorKind::beam ? read_beam(table, board, place, lines)
                                   : read_ultrasonic(table, board, place, lines);
}

BarrierConfig read_barrier(TableReader& lane, BoardKind board, const std::string& lane_name,
                           LineRegister& lines) {
  BarrierConfig barrier;
  if (!lane.has("barrier")) {
    lane.missing("barrier", "lane \"" + lane_name +
                                "\" needs a barrier; write for example barrier = { kind = "
                                "\"pulse\", line = \"GPIO22\" }");
    return barrier;
  }
  TableReader table = lane.table("barrier");
  if (!table.present()) return barrier;
  const auto kind = table.choice<BarrierKind>(
      "kind", {{"pulse", BarrierKind::pulse}, {"hold", BarrierKind::hold}});
  if (!kind) {
    if (!table.has("kind"))
      table.missing("kind",
                    "say how the barrier is driven: \"pulse\" (its controller closes it) "
                    "or \"hold\" (the line is active while it is open)");
    table.accept_every_key();
    return barrier;
  }
  barrier.kind = *kind;
  barrier.line.name = lines.read(table, "line", board, lane_name + ".barrier");
  barrier.line.active = read_active(table).value_or(ActiveLevel::high);
  if (*kind == BarrierKind::pulse) {
    table.duration("milliseconds", milliseconds(50), milliseconds(10'000), barrier.pulse);
    table.duration("repeat_s", seconds(0), seconds(600), barrier.repeat);
  }
  return barrier;
}

LaneConfig read_lane(TableReader& table, BoardKind board, LineRegister& lines) {
  using core::LaneDirection;
  LaneConfig lane;
  lane.direction = table
                       .choice<LaneDirection>("direction", {{"entry", LaneDirection::entry},
                                                            {"exit", LaneDirection::exit},
                                                            {"both", LaneDirection::both}})
                       .value_or(lane.direction);
  lane.name = table.text("name").value_or(lane.direction == LaneDirection::exit ? "out" : "in");
  if (!is_lane_name(lane.name))
    table.wrong("name", "\"" + lane.name + "\" is not a lane's name; use 1 to 32 of a-z 0-9 - _");
  if (lane.direction == LaneDirection::both)
    table.wrong("direction",
                "\"both\" needs a third sensor `inner` and is not available in this version; use "
                "one lane of direction \"entry\" and one of direction \"exit\"");

  lane.approach = read_sensor(table, "approach", board, lane.name, lines);
  lane.passage = read_sensor(table, "passage", board, lane.name, lines);
  if (table.has("inner")) {
    TableReader inner = table.table("inner");
    inner.accept_every_key();
    if (lane.direction != LaneDirection::both)
      table.wrong("inner", "only a lane of direction \"both\" has this sensor; take it out");
  }
  lane.barrier = read_barrier(table, board, lane.name, lines);
  lane.on_fault = table
                      .choice<OnFault>("on_fault", {{"closed", OnFault::closed},
                                                    {"attended", OnFault::attended}})
                      .value_or(lane.on_fault);
  table.duration("pass_window_s", seconds(1), seconds(600), lane.pass_window);
  table.duration("merge_ms", milliseconds(0), milliseconds(10'000), lane.merge);
  table.duration("present_limit_s", seconds(10), seconds(86'400), lane.present_limit);
  return lane;
}

}  // namespace

std::string LineRegister::read(TableReader& table, std::string_view key, BoardKind board,
                               const std::string& place) {
  const auto written = table.text(key);
  if (!written && !table.has(key)) {
    if (board == BoardKind::gpiod)
      table.missing(key, "name the line of " + place +
                             ", for example \"GPIO17\"; gpioinfo lists "
                             "those of this board");
    return place;
  }
  if (!written) return place;
  if (written->empty() || written->size() > 64) {
    table.wrong(key, "a line's name has 1 to 64 characters, for example \"GPIO17\"");
    return place;
  }
  const auto [use, fresh] = used_.emplace(*written, place);
  if (!fresh)
    table.wrong(key, "\"" + *written + "\" is the line of " + use->second +
                         " already; each line has one use");
  return *written;
}

std::optional<ActiveLevel> read_active(TableReader& table) {
  return table.choice<ActiveLevel>("active",
                                   {{"high", ActiveLevel::high}, {"low", ActiveLevel::low}});
}

std::vector<LaneConfig> read_lanes(TableReader& root, BoardKind board, LineRegister& lines) {
  std::vector<LaneConfig> lanes;
  std::set<std::string> names;
  for (TableReader& table : root.tables("lane", max_lanes)) {
    lanes.push_back(read_lane(table, board, lines));
    if (!names.insert(lanes.back().name).second)
      table.wrong("name",
                  "there is a lane \"" + lanes.back().name + "\" already; give each its own name");
  }
  return lanes;
}

}  // namespace parking::gate
