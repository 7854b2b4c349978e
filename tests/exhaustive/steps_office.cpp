// The office's orders and rounds: who has to answer, and what (ledger rules 8, 10 and 11).
#include "tests/exhaustive/model.hpp"

namespace parking::exhaustive {

bool Model::taken_over(const State& state) const {
  const std::size_t slot = state.nodes[0].slot;
  if (slot == 0) return true;
  const auto& part = newest(state, slot).office;
  return part && part->retired.contains(incarnation_of(0));
}

/// Rows whose owners may still write, as the office knows them.
Bits Model::live_rows(const State& state) {
  const View& seen = view(state, 0);
  Bits known = seen.mentioned;
  for (std::size_t gate = 1; gate < nodes(); ++gate) known |= bit(state.nodes[gate].slot);
  const Bits stopped = seen.offices | seen.closed | seen.frozen | seen.final_rows |
                       bit(state.nodes[0].slot) | bit(0);
  return known & static_cast<Bits>(~stopped);
}

Bits Model::asked(const State& state) {
  return live_rows(state) & static_cast<Bits>(~state.office.retiring);
}

Bits Model::stopped_rows(const State& state) {
  const View& seen = view(state, 0);
  Bits stopped = state.nodes[0].frozen | (seen.mentioned & (seen.frozen | seen.final_rows));
  // Any other office has ended: this one was started in its place.
  if (state.nodes[0].slot != 0) stopped |= seen.offices;
  stopped |= state.office.retiring;
  return stopped & static_cast<Bits>(~(seen.closed | bit(state.nodes[0].slot)));
}

// What the office does by itself after every step of its own.
void Model::work(State& state) {
  if (!scope_.has_acts() || state.nodes[0].power != Power::up || state.nodes[0].ended != 0) return;
  begin_by_itself(state);
  Office& office = state.office;
  const bool needs_round = office.act != ActKind::none || office.holding != 0;
  const auto holds = static_cast<Small>(office.holding != 0);
  const auto pins = static_cast<Small>(office.act == ActKind::count);
  const Bits freezes = needs_round ? stopped_rows(state) : Bits{0};
  const bool same = needs_round && office.round != 0 && office.round_holds == holds &&
                    office.round_pins == pins && office.round_freezes == freezes;
  if (same || (!needs_round && office.round == 0)) return;
  // A new round: answers to the one before count for nothing.
  office.round = needs_round ? 1 : 0;
  office.round_holds = needs_round ? holds : 0;
  office.round_pins = needs_round ? pins : 0;
  office.round_freezes = freezes;
  office.answers = {};
  for (Node& gate : state.nodes) {
    gate.ordered = gate.left_when_ordered = 0;
    gate.answer = {};
  }
}

void Model::begin_by_itself(State& state) {
  Office& office = state.office;
  if (office.act != ActKind::none) return;
  const bool has_lot = newest(state, state.nodes[0].slot).office.has_value();
  if (!has_lot) return;
  if (!taken_over(state)) {
    office.act = ActKind::take_over;
    return;
  }
  const View& seen = view(state, 0);
  const Bits final_rows = seen.final_rows & static_cast<Bits>(~seen.closed);
  if (final_rows == 0) return;
  state.nodes[0].frozen |= final_rows;
  office.act = ActKind::close;
  office.closing = final_rows;
}

void Model::orders(const State& state, std::size_t node, const Emit& emit) {
  const Node& own = state.nodes[node];
  const auto who = static_cast<std::int8_t>(node);
  if (own.epoch != 0) {
    State next = state;
    next.nodes[node].epoch = 0;
    send({"goes on by itself: the hold has run out", who}, next, emit);
  }
  const Office& office = state.office;
  const bool talks = office.round != 0 && state.nodes[0].power == Power::up;
  if (talks && has(asked(state), own.slot) && own.ordered == 0) {
    State next = state;
    Node& gate = next.nodes[node];
    if (office.round_holds == 0) gate.epoch = 0;
    if (office.round_holds != 0 && gate.epoch == 0) gate.epoch = ++gate.epochs_used;
    gate.frozen |= office.round_freezes & static_cast<Bits>(~bit(own.slot));
    if (office.round_pins == 0 && state.world.crashes >= scope_.crashes) {
      // Nothing can come between: what is frozen does not move, and the rest is not asked for.
      answer(next, node);
    } else {
      gate.ordered = 1;
      if (office.round_pins != 0)
        gate.left_when_ordered = static_cast<Small>(newest(state, own.slot).left);
    }
    if (gate.epochs_used <= scope_.holds) send({"takes the order", who}, next, emit);
  }
  const Chain& chain = state.chains[own.slot];
  const bool rests = office.round_pins == 0 || own.lane == LaneAt::idle;
  if (own.ordered != 0 && rests && chain.all_durable() && own.frozen == own.frozen_on_disk) {
    State next = state;
    answer(next, node);
    send({"answers the order", who}, next, emit);
  }
  if (own.answer.there != 0 && state.nodes[0].power == Power::up) {
    State next = state;
    hear(next, node);
    send({"is heard by the office", who}, next, emit);
  }
}

void Model::answer(State& state, std::size_t node) {
  Node& gate = state.nodes[node];
  const Bits live = asked(state);
  gate.answer = {.there = 1,
                 .epoch = state.office.round_holds != 0 ? gate.epoch : Small{0},
                 .left = gate.left_when_ordered,
                 .own = state.chains[gate.slot].on_disk(),
                 .marks = gate.held,
                 .frozen = gate.frozen,
                 .held_in = gate.held_in};
  // Marks of live rows are not looked at; a row that stops being one begins another round.
  for (std::size_t slot = 0; slot < state.slots; ++slot)
    if (has(live, slot) || slot == state.nodes[0].slot) gate.answer.marks[slot] = 0;
  gate.ordered = gate.left_when_ordered = 0;
}

void Model::hear(State& state, std::size_t node) {
  Node& gate = state.nodes[node];
  const Answer answer = gate.answer;
  gate.answer = {};
  if (rows_[answer.own].version > 0) learn(state, 0, answer.own);
  Office& office = state.office;
  if (office.holding != 0) office.epochs[node] = answer.epoch;
  state.nodes[0].frozen |= answer.frozen;
  if (office.act == ActKind::none) return;
  // Only what is looked at later is kept.
  office.answers[node] = {.there = 1, .marks = answer.marks};
  if (office.act != ActKind::count) return;
  office.answers[node].own = answer.own;
  office.answers[node].held_in = answer.held_in;
  if (office.left_known[node] == 0) {
    office.left_known[node] = 1;
    office.left[node] = answer.left;
  }
  if (office.act_epochs[node] == answer.epoch) return;
  // The gate let cars in after the number was given: count again.
  office.act = ActKind::none;
  office.retiring = office.closing = 0;
}

bool Model::round_is_complete(const State& state) {
  const Office& office = state.office;
  if (office.round == 0) return false;
  const Bits live = asked(state);
  const View& seen = view(state, 0);
  std::size_t missing = 0;
  for (std::size_t slot = 0; slot < state.slots; ++slot) {
    if (!has(live, slot)) continue;
    const std::size_t node = state.machine[slot];
    const bool answered = state.nodes[node].slot == slot && office.answers[node].there != 0;
    if (!answered) ++missing;
    if (!answered) continue;
    for (std::size_t row = 0; row < state.slots; ++row) {
      if (row == state.nodes[0].slot || has(live, row) || has(seen.closed, row)) continue;
      const RowId theirs = office.answers[node].marks[row];
      if (theirs != 0 && rows_.version(theirs) > rows_.version(state.nodes[0].held[row]))
        return false;
    }
  }
  return missing <= (scope_.mutant == Mutant::acts_without_one_gate ? 1U : 0U);
}

}  // namespace parking::exhaustive
