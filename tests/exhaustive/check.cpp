// What must hold in every state, against what the model knows to be true.
#include <algorithm>

#include "tests/exhaustive/model.hpp"

namespace parking::exhaustive {
namespace {

std::string text_of(Fault fault) {
  switch (fault) {
    case Fault::none:
      return {};
    case Fault::two_histories:
      return "a copy is refused as of another history, and there is none";
    case Fault::honest_store_ended:
      return "an incarnation ended although nobody else wrote under its name";
    case Fault::lives_after_other_history:
      return "a store heard of another history of its row and goes on";
    case Fault::row_fell:
      return "a cumulative field of a row fell";
    case Fault::recount_is_off:
      return "after a recount the ledger has another number of cars than are inside";
    case Fault::closed_twice:
      return "a row is closed twice";
    case Fault::full_chain:
      return "the model has no room for one more version";
  }
  return {};
}

}  // namespace

Bits Model::closed_rows(const State& state) const {
  Bits closed = 0;
  for (std::size_t slot = 0; slot < state.slots; ++slot)
    if (const auto& part = newest(state, slot).office)
      for (const auto& [row, count] : part->reclaimed) closed |= bit(slot_of(row));
  return closed;
}

/// What each owner last wrote; of a closed row what it was closed at.
Copies Model::true_rows(const State& state) const {
  Copies rows{};
  const Bits closed = closed_rows(state);
  for (std::size_t slot = 0; slot < state.slots; ++slot) {
    rows[slot] = state.chains[slot].newest();
    if (!has(closed, slot)) continue;
    core::Version version = 0;
    for (std::size_t office = 0; office < state.slots; ++office)
      if (const auto& part = newest(state, office).office)
        if (const auto entry = part->retired.find(incarnation_of(slot));
            entry != part->retired.end())
          version = std::max(version, entry->second);
    rows[slot] = 0;
    for (std::size_t node = 0; node < nodes(); ++node)
      for (const Copies* copies : {&state.nodes[node].held, &state.nodes[node].disk})
        if ((*copies)[slot] != 0 && rows_.version((*copies)[slot]) == version)
          rows[slot] = (*copies)[slot];
  }
  return rows;
}

std::string Model::violation(const State& state) {
  const bool world_only = scope_.mutant != Mutant::none && state.fault != Fault::full_chain;
  if (state.fault != Fault::none &&
      (!world_only || state.fault == Fault::lives_after_other_history))
    return exhaustive::text_of(state.fault);
  const World& world = state.world;
  int let_in = world.inside;
  int unexplained = world.drift;
  for (std::size_t node = 1; node < nodes(); ++node) {
    const Node& own = state.nodes[node];
    if (own.lane == LaneAt::open) ++let_in;
    if (own.lane == LaneAt::admitting) ++unexplained;
    unexplained += own.held_gone;
  }
  if (let_in > scope_.capacity + world.extra)
    return "more cars were let in than there are spaces: " + std::to_string(let_in);
  const View& truth = views_.of({.held = true_rows(state)});
  const core::Totals& totals = truth.totals;
  if (totals.capacity != scope_.capacity) return "the capacity has changed";
  const core::Count off = totals.inside + totals.pending - let_in - unexplained;
  if (world.forked == 0 && off != 0)
    return "the true rows have " + std::to_string(off) + " car(s) more than the world explains";
  for (std::size_t slot = 0; slot < state.slots; ++slot)
    if (has(closed_rows(state), slot) && truth.permits[slot] != 0)
      return "the closed row of " + name_of_slot(slot) + " has " +
             std::to_string(truth.permits[slot]) + " permit(s)";
  if (world_only) return {};
  for (std::size_t node = 1; node < nodes() && world.forked == 0; ++node)
    if (state.nodes[node].power == Power::up)
      if (std::string why = gates_.objection(key_of(state, node)); !why.empty()) return why;
  for (std::size_t node = 0; node < nodes(); ++node) {
    const Node& own = state.nodes[node];
    const Chain& chain = state.chains[own.slot];
    if (own.lane == LaneAt::open && rows_.version(chain.on_disk()) < own.lane_version)
      return "a barrier is open for an admission that a crash could undo";
    for (std::size_t slot = 0; slot < state.slots && world.forked == 0; ++slot)
      if (rows_.version(own.held[slot]) > rows_.version(state.chains[slot].on_disk()))
        return "somebody has a copy that a crash could undo";
    if (world.forked == 0 && may_spend(state, node) &&
        view(state, node).permits[own.slot] > truth.permits[own.slot])
      return name_of_slot(own.slot) + " may spend more permits than it has";
  }
  return {};
}

std::string Model::disagreement(const State& state) {
  if (!scope_.compares || state.office.round != 0 || state.world.forked != 0) return {};
  std::vector<ViewKey> keys;
  const Bits out = state.dead | view(state, 0).frozen;
  for (std::size_t node = 0; node < nodes(); ++node) {
    const Node& own = state.nodes[node];
    if (!state.chains[own.slot].all_durable() && own.power == Power::up) return {};
    // A gate that was retired is told nothing any more.
    const bool counts = own.power == Power::up && own.ended == 0 && !has(out, own.slot);
    if (counts && !(node == 0 && scope_.office_rests())) keys.push_back(key_of(state, node));
  }
  // A row that is frozen and not retired yet may be held at several versions: that is what rounds
  // are for.
  const auto& part = newest(state, state.nodes[0].slot).office;
  for (const ViewKey& key : keys)
    for (std::size_t slot = 0; slot < state.slots; ++slot)
      if (has(key.frozen, slot) && !(part && part->retired.contains(incarnation_of(slot))))
        return {};
  for (ViewKey& key : keys) {
    const std::size_t own = slot_of(rows_[key.own].owner.incarnation);
    // Twice: the first time the office's row comes, a retired row may rise the second time.
    for (const bool second : {false, true})
      for (std::size_t slot = 0; slot < state.slots; ++slot) {
        if (slot == own) continue;
        std::vector<RowId> copies = copies_of(state, slot);
        for (const Node& node : state.nodes) copies.push_back(node.held[slot]);
        std::ranges::sort(copies, {}, [&](RowId id) { return rows_.version(id); });
        for (const RowId copy : copies)
          if (rows_.version(copy) > 0 && (second || slot == state.nodes[0].slot) &&
              views_.offer(key, copy) == core::Merge::newer)
            key.held[slot] = copy;
      }
  }
  for (std::size_t i = 1; i < keys.size(); ++i) {
    const View& one = views_.of(keys[0]);
    const View& other = views_.of(keys[i]);
    if (one.totals != other.totals) return "with everything delivered, figures differ";
    for (std::size_t slot = 0; slot < state.slots; ++slot)
      if (one.permits[slot] != other.permits[slot])
        return "with everything delivered, the permits of " + name_of_slot(slot) + " differ";
  }
  return {};
}

std::string Model::name_of_slot(std::size_t slot) const {
  const std::size_t count = nodes();
  if (slot == 0) return "office";
  if (slot < count) return std::string(1, static_cast<char>('a' + slot - 1));
  const std::size_t node = scope_.takes_over ? 0 : scope_.lost;
  return node == 0 ? "office'" : name_of_slot(node) + "'";
}

std::string Model::text_of(const Step& step) const {
  std::string text =
      name_of_slot(static_cast<std::size_t>(step.who)) + " " + std::string(step.what);
  if (step.who == 0 && step.what.starts_with("office:")) text = step.what;
  if (step.whom >= 0) text += " " + name_of_slot(static_cast<std::size_t>(step.whom));
  if (step.number >= 0)
    text += (step.what.ends_with(':') ? " " : " at version ") + std::to_string(step.number);
  return text;
}

}  // namespace parking::exhaustive
