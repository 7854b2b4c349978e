#include "tests/exhaustive/model.hpp"

#include <algorithm>
#include <utility>

namespace parking::exhaustive {

namespace {

core::GateId gate_id(std::size_t node) {
  return node == 0 ? core::GateId::office()
                   : core::GateId::parse(std::string(1, static_cast<char>('a' + node - 1))).value();
}

}  // namespace

Model::Model(Scope scope) : scope_(std::move(scope)), views_(rows_), gates_(rows_, views_) {}

State Model::initial() {
  State state;
  state.slots = static_cast<Small>(nodes());
  for (std::size_t slot = 0; slot < nodes(); ++slot) {
    state.machine[slot] = static_cast<Small>(slot);
    core::Row row{.owner = {gate_id(slot), incarnation_of(slot)}};
    if (slot == 0) {
      row.version = 1;
      row.tag = tag_of(0, 1, 0);
      row.office = {.capacity = scope_.capacity, .capacity_wanted = scope_.capacity};
      for (std::size_t gate = 0; gate < scope_.start.size(); ++gate)
        if (scope_.start[gate] > 0) row.given[incarnation_of(gate + 1)] = scope_.start[gate];
    }
    state.chains[slot].rows[0] = rows_.intern(row);
    state.chains[slot].count = state.chains[slot].durable = 1;
    Node& node = state.nodes[slot];
    node.slot = static_cast<Small>(slot);
    for (std::size_t other = 0; other < nodes(); ++other)
      if (other != slot) node.told |= bit(other);
    if (slot != 0) node.held[0] = node.disk[0] = state.chains[0].rows[0];
  }
  return state;
}

void Model::successors(const State& state, const Emit& emit) {
  for (std::size_t node = 0; node < nodes(); ++node) {
    const Node& own = state.nodes[node];
    if (own.power == Power::off || (node == 0 && scope_.office_rests())) continue;
    if (node != 0 || scope_.restored == node || scope_.takes_over) stores(state, node, emit);
    if (own.power == Power::down) {
      if (own.ended == 0) start(state, node, emit);
      continue;
    }
    persist(state, node, emit);
    crash(state, node, emit);
    if (own.ended != 0) continue;
    deliveries(state, node, emit);
    contacts(state, node, emit);
    lists(state, node, emit);
    if (node == 0) {
      gifts(state, node, emit);
      continue;
    }
    cars(state, node, emit);
    ends(state, node, emit);
    orders(state, node, emit);
  }
  commands(state, emit);
}

const core::Row& Model::newest(const State& state, std::size_t slot) const {
  return rows_[state.chains[slot].newest()];
}

const core::Row& Model::newest_of(const State& state, std::size_t node) const {
  return newest(state, state.nodes[node].slot);
}

bool Model::write(State& state, std::size_t slot, const std::function<void(core::Row&)>& change) {
  Chain& chain = state.chains[slot];
  const core::Row& before = rows_[chain.newest()];
  const std::size_t node = state.machine[slot];
  const core::Version most = node == 0 ? scope_.office_versions : scope_.gate_versions[node - 1];
  if (before.version >= most) return false;
  if (chain.count == max_chain) {
    state.fault = Fault::full_chain;
    return true;
  }
  core::Row row = before;
  change(row);
  ++row.version;
  row.tag = tag_of(slot, row.version, chain.branch);
  if (!core::grows_from(before, row)) state.fault = Fault::row_fell;
  chain.rows[chain.count++] = rows_.intern(row);
  return true;
}

ViewKey Model::key_of(const State& state, std::size_t node) const {
  const Node& own = state.nodes[node];
  return {.own = state.chains[own.slot].newest(),
          .held = own.held,
          .frozen = own.frozen,
          .collects = node == 0};
}

const View& Model::view(const State& state, std::size_t node) {
  return views_.of(key_of(state, node));
}

// Two states that nobody can ever tell apart become one: versions that everybody has on disk are
// never taken again, and what is durable matters only while a crash may come.
void Model::tidy(State& state) {
  work(state);
  if (state.world.crashes >= scope_.crashes)
    for (std::size_t node = 0; node < nodes(); ++node)
      make_durable(state.nodes[node], state.chains[state.nodes[node].slot]);
  for (std::size_t slot = 0; slot < state.slots; ++slot) trim(state, slot);
}

void Model::trim(State& state, std::size_t slot) const {
  core::Version all_have = ~core::Version{0};
  for (std::size_t node = 0; node < nodes(); ++node) {
    if (state.nodes[node].slot == slot || (node == 0 && scope_.office_rests())) continue;
    all_have = std::min(all_have, rows_.version(state.nodes[node].disk[slot]));
  }
  Chain& chain = state.chains[slot];
  const auto needed = [&](RowId id) {
    return rows_.version(id) > all_have || id == state.world.image_own;
  };
  Small drop = 0;
  while (drop + 1 < chain.durable && !needed(chain.rows[drop])) ++drop;
  std::copy(chain.rows.begin() + drop, chain.rows.begin() + chain.count, chain.rows.begin());
  chain.count = static_cast<Small>(chain.count - drop);
  chain.durable = static_cast<Small>(chain.durable - drop);
  const auto end = std::remove_if(chain.loose.begin(), chain.loose.begin() + chain.loose_count,
                                  [&](RowId id) { return rows_.version(id) <= all_have; });
  chain.loose_count = static_cast<Small>(end - chain.loose.begin());
}

void Model::send(const Step& step, State& next, const Emit& emit) {
  tidy(next);
  emit(step, next);
}

}  // namespace parking::exhaustive
