#include "app/ctl/json.hpp"

#include <array>
#include <ctime>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace parking::ctl {
namespace {

namespace json = boost::json;

/// Ids are shown as hexadecimal text: JavaScript's numbers have 53 bits.
template <typename Id>
std::string id_text(Id id) {
  return id.empty() ? std::string() : core::to_string(id);
}

json::object lot_object(const core::LotView& lot) {
  return {{"name", lot.name},          {"id", id_text(lot.id)},
          {"capacity", lot.capacity},  {"capacity_wanted", lot.capacity_wanted},
          {"inside", lot.inside},      {"pending", lot.pending},
          {"free", lot.free},          {"stranded", lot.stranded},
          {"age_ms", lot.age.count()}, {"held", lot.held},
          {"two_lots", lot.two_lots},  {"left_since_hold", lot.left_since_hold}};
}

json::object gate_object(const core::GateView& gate) {
  return {{"id", gate.id},
          {"incarnation", id_text(gate.incarnation)},
          {"state", core::to_string(gate.state)},
          {"permits", gate.permits},
          {"listen", gate.listen}};
}

json::object lane_object(const core::LaneView& lane) {
  return {{"name", lane.name},
          {"direction", core::to_string(lane.direction)},
          {"state", core::to_string(lane.state)},
          {"reason", core::to_string(lane.reason)},
          {"approach", core::to_string(lane.approach)},
          {"passage", core::to_string(lane.passage)},
          {"barrier", core::to_string(lane.barrier)},
          {"held", lane.held}};
}

json::object peer_object(const core::PeerView& peer) {
  return {{"id", peer.id},
          {"address", peer.address},
          {"state", core::to_string(peer.state)},
          {"age_ms", peer.age.count()}};
}

json::object discovery_object(const core::DiscoveryView& discovery) {
  return {{"address", discovery.address},
          {"state", core::to_string(discovery.state)},
          {"age_ms", discovery.age.count()}};
}

json::object alarm_object(const core::AlarmView& alarm) {
  return {{"code", alarm.code},
          {"lane", alarm.lane},
          {"since_ms", alarm.since.count()},
          {"text", alarm.text}};
}

template <typename Views, typename Convert>
json::array array_of(const Views& views, Convert convert) {
  json::array array;
  for (const auto& view : views) array.push_back(convert(view));
  return array;
}

}  // namespace

bool is_office(const core::Snapshot& snapshot) {
  return snapshot.gate.id == "office";
}

std::string to_json(const core::Snapshot& snapshot) {
  json::object object{{"lot", lot_object(snapshot.lot)}, {"gate", gate_object(snapshot.gate)}};
  if (!is_office(snapshot)) object["lanes"] = array_of(snapshot.lanes, lane_object);
  object["peers"] = array_of(snapshot.peers, peer_object);
  object["discovery"] = discovery_object(snapshot.discovery);
  object["alarms"] = array_of(snapshot.alarms, alarm_object);
  object["simulated_board"] = snapshot.simulated_board;
  object["version"] = snapshot.version;
  return json::serialize(object);
}

std::string to_json(const core::PeerView& peer) {
  return json::serialize(peer_object(peer));
}

std::string to_json(const core::AlarmView& alarm) {
  return json::serialize(alarm_object(alarm));
}

std::string to_json(const core::Event& event) {
  return json::serialize(json::object{{"number", event.number},
                                      {"time", iso_time(event.wall_time_ms)},
                                      {"wall_time_ms", event.wall_time_ms},
                                      {"kind", event.kind},
                                      {"lane", event.lane},
                                      {"text", event.text},
                                      {"inside", event.inside},
                                      {"free", event.free}});
}

std::string done_json(const std::string& next_step) {
  json::object object{{"done", true}};
  if (!next_step.empty()) object["next"] = next_step;
  return json::serialize(object);
}

std::string error_json(const std::string& why) {
  return json::serialize(json::object{{"error", why}});
}

std::string iso_time(std::int64_t wall_time_ms) {
  auto seconds = static_cast<std::time_t>(wall_time_ms / 1000);
  auto milliseconds = wall_time_ms % 1000;
  if (milliseconds < 0) {
    milliseconds += 1000;
    --seconds;
  }
  std::tm utc{};
  if (::gmtime_r(&seconds, &utc) == nullptr) return "?";
  std::array<char, 64> day{};
  const auto size = std::strftime(day.data(), day.size(), "%Y-%m-%dT%H:%M:%S", &utc);
  const std::string digits = std::to_string(milliseconds + 1000).substr(1);
  return std::string(day.data(), size) + "." + digits + "Z";
}

}  // namespace parking::ctl
