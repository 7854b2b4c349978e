#include "app/wire/convert_snapshot.hpp"

#include "app/wire/convert_registry.hpp"
#include "app/wire/enums.hpp"

namespace parking::wire {
namespace {

void write(const core::LotView& lot, pb::LotView& out) {
  out.set_name(readable(lot.name, longest_name));
  out.set_id(lot.id.value);
  out.set_capacity(lot.capacity);
  out.set_capacity_wanted(lot.capacity_wanted);
  out.set_inside(lot.inside);
  out.set_pending(lot.pending);
  out.set_free(lot.free);
  out.set_stranded(lot.stranded);
  out.set_age_ms(milliseconds(lot.age));
  out.set_held(lot.held);
  out.set_two_lots(lot.two_lots);
  out.set_left_since_hold(lot.left_since_hold);
}

core::LotView read(const pb::LotView& in, Check& check) {
  return {.name = check.text("lot.name", in.name(), longest_name),
          .id = core::LotId{in.id()},
          .capacity = check.balance("lot.capacity", in.capacity()),
          .capacity_wanted = check.balance("lot.capacity_wanted", in.capacity_wanted()),
          .inside = check.balance("lot.inside", in.inside()),
          .pending = check.balance("lot.pending", in.pending()),
          .free = check.balance("lot.free", in.free()),
          .stranded = check.balance("lot.stranded", in.stranded()),
          .age = check.duration("lot.age_ms", in.age_ms()),
          .held = in.held(),
          .two_lots = in.two_lots(),
          .left_since_hold = check.counter("lot.left_since_hold", in.left_since_hold())};
}

void write(const core::GateView& gate, pb::GateView& out) {
  out.set_id(gate.id);
  out.set_incarnation(gate.incarnation.value);
  out.set_state(enums::to_wire(enums::gate_states, gate.state));
  out.set_permits(gate.permits);
  out.set_listen(readable(gate.listen, longest_address));
}

core::GateView read(const pb::GateView& in, Check& check) {
  // In state `setup` a gate has neither a name nor an incarnation.
  return {.id = in.id().empty() ? std::string() : check.gate("gate.id", in.id()).text(),
          .incarnation = core::Incarnation{in.incarnation()},
          .state = check.choice("gate.state", enums::gate_states, in.state()),
          .permits = check.balance("gate.permits", in.permits()),
          .listen = check.text("gate.listen", in.listen(), longest_address)};
}

void write(const core::LaneView& lane, pb::LaneView& out) {
  out.set_name(readable(lane.name, longest_name));
  out.set_direction(enums::to_wire(enums::lane_directions, lane.direction));
  out.set_state(enums::to_wire(enums::lane_states, lane.state));
  out.set_reason(enums::to_wire(enums::refusal_reasons, lane.reason));
  out.set_approach(enums::to_wire(enums::presences, lane.approach));
  out.set_passage(enums::to_wire(enums::presences, lane.passage));
  out.set_barrier(enums::to_wire(enums::barrier_states, lane.barrier));
  out.set_held(lane.held);
}

core::LaneView read(const pb::LaneView& in, Check& check) {
  return {.name = check.text("lane.name", in.name(), longest_name),
          .direction = check.choice("lane.direction", enums::lane_directions, in.direction()),
          .state = check.choice("lane.state", enums::lane_states, in.state()),
          .reason = check.choice("lane.reason", enums::refusal_reasons, in.reason()),
          .approach = check.choice("lane.approach", enums::presences, in.approach()),
          .passage = check.choice("lane.passage", enums::presences, in.passage()),
          .barrier = check.choice("lane.barrier", enums::barrier_states, in.barrier()),
          .held = check.counter("lane.held", in.held())};
}

void write(const core::PeerView& peer, pb::PeerView& out) {
  out.set_id(peer.id);
  out.set_address(readable(peer.address, longest_address));
  out.set_state(enums::to_wire(enums::link_states, peer.state));
  out.set_age_ms(milliseconds(peer.age));
}

core::PeerView read(const pb::PeerView& in, Check& check) {
  return {.id = check.gate("peer.id", in.id()).text(),
          .address = check.text("peer.address", in.address(), longest_address),
          .state = check.choice("peer.state", enums::link_states, in.state()),
          .age = check.duration("peer.age_ms", in.age_ms())};
}

void write(const core::DiscoveryView& discovery, pb::DiscoveryView& out) {
  out.set_address(readable(discovery.address, longest_address));
  out.set_state(enums::to_wire(enums::link_states, discovery.state));
  out.set_age_ms(milliseconds(discovery.age));
}

core::DiscoveryView read(const pb::DiscoveryView& in, Check& check) {
  return {.address = check.text("discovery.address", in.address(), longest_address),
          .state = check.choice("discovery.state", enums::link_states, in.state()),
          .age = check.duration("discovery.age_ms", in.age_ms())};
}

void write(const core::AlarmView& alarm, pb::AlarmView& out) {
  out.set_code(readable(alarm.code, longest_name));
  out.set_lane(readable(alarm.lane, longest_name));
  out.set_since_ms(milliseconds(alarm.since));
  out.set_text(readable(alarm.text, longest_text));
}

core::AlarmView read(const pb::AlarmView& in, Check& check) {
  return {.code = check.text("alarm.code", in.code(), longest_name),
          .lane = check.text("alarm.lane", in.lane(), longest_name),
          .since = check.duration("alarm.since_ms", in.since_ms()),
          .text = check.text("alarm.text", in.text(), longest_text)};
}

template <typename View, typename List>
std::vector<View> read_list(std::string_view field, const List& in, std::size_t most,
                            Check& check) {
  std::vector<View> views;
  if (!check.size(field, static_cast<std::size_t>(in.size()), most)) return views;
  views.reserve(static_cast<std::size_t>(in.size()));
  for (const auto& entry : in) views.push_back(read(entry, check));
  return views;
}

}  // namespace

void write(const core::Snapshot& snapshot, pb::Snapshot& out) {
  write(snapshot.lot, *out.mutable_lot());
  write(snapshot.gate, *out.mutable_gate());
  for (const core::LaneView& lane : snapshot.lanes) write(lane, *out.add_lanes());
  for (const core::PeerView& peer : snapshot.peers) write(peer, *out.add_peers());
  write(snapshot.discovery, *out.mutable_discovery());
  for (const core::AlarmView& alarm : snapshot.alarms) write(alarm, *out.add_alarms());
  out.set_simulated_board(snapshot.simulated_board);
  out.set_version(readable(snapshot.version, longest_name));
}

core::Snapshot read(const pb::Snapshot& in, Check& check) {
  check.present("snapshot.lot", in.has_lot());
  check.present("snapshot.gate", in.has_gate());
  check.present("snapshot.discovery", in.has_discovery());
  return {.lot = read(in.lot(), check),
          .gate = read(in.gate(), check),
          .lanes = read_list<core::LaneView>("snapshot.lanes", in.lanes(), max_lanes, check),
          .peers = read_list<core::PeerView>("snapshot.peers", in.peers(), max_peers, check),
          .discovery = read(in.discovery(), check),
          .alarms = read_list<core::AlarmView>("snapshot.alarms", in.alarms(), max_alarms, check),
          .simulated_board = in.simulated_board(),
          .version = check.text("snapshot.version", in.version(), longest_name)};
}

void write(const core::Event& event, pb::Event& out) {
  out.set_number(event.number);
  out.set_wall_time_ms(event.wall_time_ms);
  out.set_kind(readable(event.kind, longest_name));
  out.set_lane(readable(event.lane, longest_name));
  out.set_text(readable(event.text, longest_text));
  out.set_inside(event.inside);
  out.set_free(event.free);
}

core::Event read(const pb::Event& in, Check& check) {
  return {.number = in.number(),
          .wall_time_ms = in.wall_time_ms(),
          .kind = check.text("event.kind", in.kind(), longest_name),
          .lane = check.text("event.lane", in.lane(), longest_name),
          .text = check.text("event.text", in.text(), longest_text),
          .inside = check.balance("event.inside", in.inside()),
          .free = check.balance("event.free", in.free())};
}

}  // namespace parking::wire
