// What cars do, and what gates do for them (ledger rules 1 to 6).
#include <utility>

#include "tests/exhaustive/model.hpp"

namespace parking::exhaustive {

void Model::drift(State& state, int cars) {
  state.world.drift = static_cast<std::int8_t>(state.world.drift + cars);
  state.world.drift_since = static_cast<std::int8_t>(state.world.drift_since + cars);
}

bool Model::may_spend(const State& state, std::size_t node) {
  const Node& own = state.nodes[node];
  if (own.power != Power::up || own.ended != 0 || own.told_retired != 0) return false;
  if (has(view(state, node).retired, own.slot) || newest(state, own.slot).final_row) return false;
  if (!scope_.asks_after_start) return true;
  if (node != 0) return own.told != 0;
  // The office waits for every live gate (ledger rule 8).
  const Bits live = live_rows(state);
  for (std::size_t gate = 1; gate < nodes(); ++gate)
    if (has(live, state.nodes[gate].slot) && !has(own.told, gate)) return false;
  return true;
}

bool Model::may_admit(const State& state, std::size_t node) {
  const Node& own = state.nodes[node];
  return may_spend(state, node) && own.leaving == 0 && own.epoch == 0 &&
         view(state, node).permits[own.slot] + own.bonus >= 1;
}

void Model::cars(const State& state, std::size_t node, const Emit& emit) {
  lane(state, node, emit);
  crossings(state, node, emit);
  settlements(state, node, emit);
  gifts(state, node, emit);
}

void Model::lane(const State& state, std::size_t node, const Emit& emit) {
  const Node& own = state.nodes[node];
  const std::size_t slot = own.slot;
  if (own.lane == LaneAt::idle && scope_.admits && may_admit(state, node)) {
    State next = state;
    if (!write(next, slot, [](core::Row& row) { ++row.admitted; })) return;
    next.nodes[node].lane = LaneAt::admitting;
    next.nodes[node].lane_version = static_cast<Small>(newest(next, slot).version);
    send({"spends a permit on a car", static_cast<std::int8_t>(node)}, next, emit);
  }
  const bool durable = rows_.version(state.chains[slot].on_disk()) >= own.lane_version;
  if (own.lane == LaneAt::admitting && (durable || scope_.mutant == Mutant::opens_before_durable)) {
    State next = state;
    next.nodes[node].lane = LaneAt::open;
    send({"opens", static_cast<std::int8_t>(node)}, next, emit);
  }
  if (own.lane != LaneAt::open) return;
  const auto settle = [&](core::Count core::Row::* counter, std::string_view what) {
    State next = state;
    if (!write(next, slot, [counter](core::Row& row) { ++(row.*counter); })) return;
    const bool enters = counter == &core::Row::entered;
    next.nodes[node].lane = LaneAt::idle;
    next.nodes[node].lane_version = 0;
    next.world.inside += enters ? 1 : 0;
    if (!enters && has(next.world.lanes_then, node)) ++next.world.gone_from_lanes;
    next.world.lanes_then &= static_cast<Bits>(~bit(node));
    send({what, static_cast<std::int8_t>(node)}, next, emit);
  };
  settle(&core::Row::entered, "sees the car pass");
  if (scope_.back_outs) settle(&core::Row::backed_out, "sees the car back out");
}

// Exits ask for nothing: not for permits, the disk, the network, nor whether the gate may admit.
void Model::crossings(const State& state, std::size_t node, const Emit& emit) {
  const std::size_t slot = state.nodes[node].slot;
  const auto who = static_cast<std::int8_t>(node);
  const bool final_row = newest(state, slot).final_row;
  const auto cross = [&](std::string_view what, int cars, core::Count core::Row::* counter) {
    State next = state;
    next.world.inside = static_cast<Small>(next.world.inside + cars);
    if (final_row)
      drift(next, -cars);  // for the history alone
    else if (!write(next, slot, [counter](core::Row& row) { ++(row.*counter); }))
      return;
    else if (has(closed_rows(state), slot))
      drift(next, -cars);  // too late to count
    else if (state.office.act == ActKind::count && !has(asked(next), slot))
      next.world.drift_since = static_cast<std::int8_t>(next.world.drift_since - cars);
    if (cars > 0) {
      ++next.world.unadmitted;
      ++next.world.extra;
    }
    send({what, who}, next, emit);
  };
  if (state.world.inside > 0) cross("lets a car out", -1, &core::Row::left);
  if (state.world.unadmitted < scope_.unadmitted)
    cross("sees a car cross without a permit", 1, &core::Row::unadmitted);
  if (state.world.missed_out < scope_.missed_out && state.world.inside > 0) {
    State next = state;
    ++next.world.missed_out;
    --next.world.inside;
    drift(next, 1);
    send({"does not see a car leave", who}, next, emit);
  }
  if (state.world.missed_in < scope_.missed_in) {
    State next = state;
    ++next.world.missed_in;
    ++next.world.inside;
    ++next.world.extra;
    drift(next, -1);
    send({"does not see a car come in", who}, next, emit);
  }
}

// The operator knows what became of the car.
void Model::settlements(const State& state, std::size_t node, const Emit& emit) {
  const Node& own = state.nodes[node];
  if (newest(state, own.slot).final_row) return;
  if (own.held_in > 0) {
    State next = state;
    --next.nodes[node].held_in;
    if (write(next, own.slot, [](core::Row& row) { ++row.entered; }))
      send({"is told that a held car entered", static_cast<std::int8_t>(node)}, next, emit);
  }
  if (own.held_gone > 0) {
    State next = state;
    --next.nodes[node].held_gone;
    if (write(next, own.slot, [](core::Row& row) { ++row.backed_out; }))
      send({"is told that a held car turned back", static_cast<std::int8_t>(node)}, next, emit);
  }
}

void Model::gifts(const State& state, std::size_t node, const Emit& emit) {
  const Node& own = state.nodes[node];
  if (node != 0 && !scope_.gate_gifts && scope_.leaves != node) return;
  if (!may_spend(state, node) || view(state, node).permits[own.slot] < 1) return;
  // An office that has not taken the lot over yet gives nothing.
  if (node == 0 && own.slot != 0 && !taken_over(state)) return;
  const Bits frozen = view(state, node).frozen;
  for (std::size_t to = 0; to < state.slots; ++to) {
    const std::size_t machine = state.machine[to];
    // Only a gate that leaves, or one asked to pay the office's debt, gives to the office.
    const bool office_wants = scope_.leaves == node || scope_.recounts > 0;
    if (machine == node || has(frozen, to) || (machine == 0 && !office_wants)) continue;
    if (has(state.dead, to) && !has(state.dead, state.nodes[machine].slot) && machine == 0)
      continue;
    State next = state;
    if (!write(next, own.slot, [to](core::Row& row) { ++row.given[incarnation_of(to)]; })) return;
    send({"gives a permit to", static_cast<std::int8_t>(node), static_cast<std::int8_t>(to)}, next,
         emit);
  }
}

}  // namespace parking::exhaustive
