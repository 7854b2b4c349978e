// What an operator commands, and how each act ends (ledger rules 8, 10 and 11).
#include "tests/exhaustive/model.hpp"

namespace parking::exhaustive {

void Model::commands(const State& state, const Emit& emit) {
  const Node& own = state.nodes[0];
  const std::size_t off = scope_.switched_off;
  if (off != 0 && state.nodes[off].power == Power::down) {
    State next = state;
    next.nodes[off].power = Power::off;
    send({"is switched off for good", static_cast<std::int8_t>(off)}, next, emit);
  }
  const View& seen = view(state, 0);
  if (off != 0 && scope_.returns && state.nodes[off].power == Power::off) {
    const std::size_t slot = state.nodes[off].slot;
    if (scope_.returns_early || has(seen.retired, slot)) {
      State next = state;
      next.nodes[off].power = Power::up;
      send({"is switched on again", static_cast<std::int8_t>(off)}, next, emit);
    }
  }
  if (own.power != Power::up || own.ended != 0) return;
  complete(state, emit);
  recount_commands(state, emit);
  const bool idle = state.office.act == ActKind::none || state.office.act == ActKind::close;
  if (own.slot != 0 && !newest(state, own.slot).office) {
    State next = state;
    if (!write(next, own.slot, [](core::Row& row) { row.office.emplace(); })) return;
    next.office.act = ActKind::take_over;
    send({"office: takeover", 0}, next, emit);
    return;
  }
  if (off == 0) return;
  const std::size_t slot = state.nodes[off].slot;
  if (scope_.mutant == Mutant::reclaims_by_lease && state.nodes[off].power == Power::down &&
      !has(seen.closed, slot)) {
    State next = state;
    if (close(next, bit(slot), [](core::OfficePart&) {}))
      send({"takes back the permits of a gate that is silent", 0}, next, emit);
  }
  if (state.nodes[off].power != Power::off || has(seen.retired | seen.closed, slot)) return;
  const bool counting = state.office.act == ActKind::count;
  if (scope_.retires && !has(state.office.retiring, slot) && (!counting || scope_.joins_count)) {
    State next = state;
    if (idle) {
      next.office.act = ActKind::retire;
      next.office.closing = 0;
    }
    next.office.retiring |= bit(slot);
    next.nodes[0].frozen |= bit(slot);
    send({"office: retire", 0, static_cast<std::int8_t>(slot)}, next, emit);
  }
  if (scope_.imports && idle && may_spend(state, 0) &&
      rows_[state.chains[slot].on_disk()].version > 0) {
    State next = state;
    next.office.act = ActKind::import;
    next.office.closing = 0;
    next.office.retiring = bit(slot);
    next.office.imported = state.chains[slot].on_disk();
    next.nodes[0].frozen |= bit(slot);
    send({"office: import", 0, static_cast<std::int8_t>(slot)}, next, emit);
  }
}

void Model::recount_commands(const State& state, const Emit& emit) {
  if (state.world.counts >= scope_.recounts || !taken_over(state)) return;
  if (state.office.holding == 0) {
    State next = state;
    next.office.holding = 1;
    next.office.epochs = {};
    send({"office: recount begin", 0}, next, emit);
    return;
  }
  const bool busy = state.office.act != ActKind::none && state.office.act != ActKind::close;
  if (busy || !may_spend(state, 0)) return;
  const Bits live = live_rows(state);
  for (std::size_t slot = 0; slot < state.slots; ++slot) {
    if (!has(live, slot)) continue;
    const std::size_t node = state.machine[slot];
    if (state.nodes[node].slot != slot || state.office.epochs[node] == 0) return;
  }
  State next = state;
  Office& office = next.office;
  office.act = ActKind::count;
  office.closing = office.retiring = 0;
  office.act_epochs = office.epochs;
  office.left_known = office.left = {};
  World& world = next.world;
  world.lanes_then = world.gone_from_lanes = 0;
  world.drift_since = 0;
  office.counted = world.inside;
  for (std::size_t gate = 1; gate < nodes(); ++gate) {
    const core::Row& row = newest_of(state, gate);
    world.left_then[gate] = static_cast<Small>(row.left);
    world.unadmitted_then[gate] = static_cast<Small>(row.unadmitted);
    if (state.nodes[gate].lane == LaneAt::idle) continue;
    world.lanes_then |= bit(gate);
    ++office.counted;
  }
  ++world.acts;
  send(
      {"office: recount, and so many are inside:", 0, -1, static_cast<std::int8_t>(office.counted)},
      next, emit);
}

bool Model::close(State& next, Bits rows, const std::function<void(core::OfficePart&)>& also) {
  if (rows != 0 && (view(next, 0).closed & rows) != 0) next.fault = Fault::closed_twice;
  if (next.fault != Fault::none) return true;
  const core::Ledger ledger = views_.ledger(key_of(next, 0));
  std::set<core::Incarnation> closing;
  for (std::size_t slot = 0; slot < next.slots; ++slot)
    if (has(rows, slot)) closing.insert(incarnation_of(slot));
  return write(next, next.nodes[0].slot, [&](core::Row& row) {
    core::OfficePart part = row.office.value_or(core::OfficePart{});
    core::close_rows(ledger, closing, part);
    also(part);
    row.office = part;
  });
}

// The last answer is in.
void Model::complete(const State& state, const Emit& emit) {
  if (state.office.act == ActKind::none || !round_is_complete(state)) return;
  const ActKind kind = state.office.act;
  const bool settles = kind != ActKind::retire && kind != ActKind::take_over;
  if (settles && !may_spend(state, 0)) return;
  const std::size_t own = state.nodes[0].slot;
  State next = state;
  const auto freeze_at_highest = [&](core::Row& row, Bits rows) {
    for (std::size_t slot = 0; slot < state.slots; ++slot)
      if (has(rows, slot))
        row.office->retired[incarnation_of(slot)] = rows_.version(state.nodes[0].held[slot]);
  };
  bool written = false;
  switch (kind) {
    case ActKind::none:
      return;
    case ActKind::retire:
      written =
          write(next, own, [&](core::Row& row) { freeze_at_highest(row, state.office.retiring); });
      break;
    case ActKind::take_over:
      if (state.nodes[0].held[0] == 0) return;  // no gate has sent the old office's row yet
      written = write(next, own, [&](core::Row& row) { freeze_at_highest(row, bit(0)); });
      break;
    case ActKind::close:
      written = close(next, state.office.closing, [](core::OfficePart&) {});
      break;
    case ActKind::import:
      written = complete_import(next);
      break;
    case ActKind::count:
      written = complete_count(next, asked(state));
      break;
  }
  if (!written) return;
  // Nobody sees it before it is durable, so a crash in between is one before it was written.
  make_durable(next.nodes[0], next.chains[own]);
  next.office.act = ActKind::none;
  next.office.retiring = next.office.closing = 0;
  next.office.imported = 0;
  const std::array<std::string_view, 6> names{"",         "retirement", "import",
                                              "takeover", "recount",    "closing"};
  send({names[static_cast<std::size_t>(kind)], 0}, next, emit);
}

bool Model::complete_import(State& next) {
  const RowId store = next.office.imported;
  const std::size_t slot = slot_of(rows_[store].owner.incarnation);
  const auto beyond = [&](RowId copy) { return rows_.version(copy) > rows_.version(store); };
  bool refused = beyond(next.nodes[0].held[slot]);
  for (const Answer& answer : next.office.answers) refused = refused || beyond(answer.marks[slot]);
  if (refused) return true;
  const std::size_t own = next.nodes[0].slot;
  const core::Row before = newest(next, own);
  core::Row row = before;
  row.office->retired[incarnation_of(slot)] = rows_.version(store);
  // As the office does it: the version first, then the copy, then the closing, in one change.
  ViewKey key = key_of(next, 0);
  core::Ledger ledger = views_.ledger(key);
  ledger.set_own(row);
  ledger.merge({rows_[store], {}});
  next.nodes[0].held[slot] = store;
  core::close_rows(ledger, {incarnation_of(slot)}, *row.office);
  if (!write(next, own, [&](core::Row& last) { last.office = row.office; })) return false;
  // Cars that turned back and were not settled stay counted.
  for (const Node& node : next.nodes)
    if (node.slot == slot) drift(next, node.held_gone);
  forget_held(next, bit(slot));
  return true;
}

bool Model::complete_count(State& next, Bits asked_rows) {
  const core::Ledger ledger = views_.ledger(key_of(next, 0));
  const Office& office = next.office;
  std::map<core::Incarnation, core::Pinned> live;
  int expected = next.world.drift_since + next.world.gone_from_lanes;
  for (std::size_t node = 1; node < nodes(); ++node) {
    const std::size_t slot = next.nodes[node].slot;
    const Answer& answer = office.answers[node];
    if (!has(asked_rows, slot) || answer.there == 0) continue;
    const core::Row& pinned = rows_[answer.own];
    if (scope_.mutant != Mutant::recounts_stale_view)
      live[pinned.owner.incarnation] = {pinned, office.left[node], pinned.unadmitted};
    // Cars that left between the command and the order are counted as inside; so are admissions
    // that were held then and are settled as entered later. A car that crosses without a permit in
    // that time is taken for one of those that were counted.
    expected += office.left[node] - next.world.left_then[node] + answer.held_in -
                static_cast<int>(pinned.unadmitted - next.world.unadmitted_then[node]);
  }
  const Bits closing = stopped_rows(next);
  std::set<core::Incarnation> rows;
  for (std::size_t slot = 0; slot < next.slots; ++slot)
    if (has(closing, slot)) rows.insert(incarnation_of(slot));
  const core::Count wrong = core::correction(ledger, live, rows, office.counted);
  if (!close(next, closing, [wrong](core::OfficePart& part) { part.corrected += wrong; }))
    return false;
  const bool off = scope_.exact_recount ? expected != 0 : scope_.safe_recount && expected < 0;
  if (off) next.fault = Fault::recount_is_off;
  next.world.drift = static_cast<std::int8_t>(expected);
  next.world.drift_since = 0;
  next.world.forked = 0;
  next.office.holding = 0;
  ++next.world.counts;
  forget_held(next, closing);
  return true;
}

/// What was pending in a closed row counts as inside from now on, whatever became of it.
void Model::forget_held(State& next, Bits closing) {
  for (Node& node : next.nodes)
    if (node.slot != 0 && has(closing, node.slot)) node.held_in = node.held_gone = 0;
}

}  // namespace parking::exhaustive
