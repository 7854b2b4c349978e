// How a row ends: its gate leaves, or comes back after it was retired (ledger rule 10).
#include "tests/exhaustive/model.hpp"

namespace parking::exhaustive {

void Model::ends(const State& state, std::size_t node, const Emit& emit) {
  const Node& own = state.nodes[node];
  const auto who = static_cast<std::int8_t>(node);
  if (scope_.leaves == node && own.power == Power::up) leaving(state, node, emit);
  if (!newest(state, own.slot).final_row || own.power != Power::up) {
    // A gate that was told, or has read, that it is retired ends its row when nothing is pending.
    const bool retired = own.told_retired != 0 || has(view(state, node).retired, own.slot);
    const bool rests = own.lane == LaneAt::idle && newest(state, own.slot).pending() == 0;
    if (own.power != Power::up || !retired || !rests) return;
    State next = state;
    if (write(next, own.slot, [](core::Row& row) { row.final_row = true; }))
      send({"ends its row: it was retired", who}, next, emit);
    return;
  }
  take_back(state, node, emit);
}

void Model::leaving(const State& state, std::size_t node, const Emit& emit) {
  const Node& own = state.nodes[node];
  const auto who = static_cast<std::int8_t>(node);
  const core::Row& row = newest(state, own.slot);
  if (row.final_row) return;
  if (own.leaving == 0) {
    if (!may_spend(state, node)) return;
    State next = state;
    next.nodes[node].leaving = 1;
    send({"begins to leave", who}, next, emit);
    return;
  }
  // Whoever has replied to a row that says so has that row too.
  for (std::size_t with = 0; with < nodes(); ++with) {
    if (with == node || state.nodes[with].power != Power::up) continue;
    State next = state;
    next.nodes[node].knows_leaving |= bit(with);
    learn(next, with, state.chains[own.slot].on_disk());
    const bool learned = next.nodes[with].held != state.nodes[with].held;
    if (!learned && next.nodes[node].knows_leaving == own.knows_leaving) continue;
    send({"tells that it leaves to", who, static_cast<std::int8_t>(state.nodes[with].slot)}, next,
         emit);
  }
  const bool rests =
      own.lane == LaneAt::idle && row.pending() == 0 && state.chains[own.slot].all_durable();
  // Gates out of reach are not waited for; the office is.
  const bool office_knows =
      has(own.knows_leaving, 0) && rows_.version(state.nodes[0].held[own.slot]) >= row.version;
  if (!rests || !office_knows || view(state, node).permits[own.slot] > 0) return;
  State next = state;
  if (write(next, own.slot, [](core::Row& last) { last.final_row = true; }))
    send({"has left the lot", who}, next, emit);
}

// A retired gate sends its old row as final: the freeze rises to it, unless it is closed already.
void Model::take_back(const State& state, std::size_t node, const Emit& emit) {
  const std::size_t slot = state.nodes[node].slot;
  const Node& office = state.nodes[0];
  const RowId last = state.chains[slot].on_disk();
  if (office.power != Power::up || node == 0 || !rows_[last].final_row) return;
  const View& seen = view(state, 0);
  if (!has(seen.frozen, slot) || has(seen.closed, slot) || state.office.act == ActKind::count)
    return;
  if (rows_.version(last) <= rows_.version(office.held[slot])) return;
  State next = state;
  const core::Version version = rows_.version(last);
  if (has(seen.retired, slot) && !write(next, office.slot, [&](core::Row& row) {
        row.office->retired[incarnation_of(slot)] = version;
      }))
    return;
  learn(next, 0, last);
  send({"brings its last row to the office", static_cast<std::int8_t>(node), -1,
        static_cast<std::int8_t>(version)},
       next, emit);
}

}  // namespace parking::exhaustive
