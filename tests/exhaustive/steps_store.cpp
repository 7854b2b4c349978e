// Stores, crashes, and copies of rows on their way.
#include <algorithm>

#include "app/core/identity.hpp"
#include "app/core/journal.hpp"
#include "tests/exhaustive/model.hpp"

namespace parking::exhaustive {

void Model::make_durable(Node& node, Chain& chain) {
  chain.durable = chain.count;
  node.disk = node.held;
  node.frozen_on_disk = node.frozen;
}

// All records so far reach the disk, copies learned with them. (That some do and some do not is the
// same as a crash at another instant.)
void Model::persist(const State& state, std::size_t node, const Emit& emit) {
  const Node& own = state.nodes[node];
  const bool dirty = !state.chains[own.slot].all_durable() || own.disk != own.held ||
                     own.frozen_on_disk != own.frozen;
  if (!dirty) return;
  State next = state;
  make_durable(next.nodes[node], next.chains[own.slot]);
  send({"has everything on disk", static_cast<std::int8_t>(node)}, next, emit);
}

// What is not on the disk is gone; so is what the program knew but never wrote.
void Model::stop(State& state, std::size_t node) const {
  Node& own = state.nodes[node];
  Chain& chain = state.chains[own.slot];
  const core::Row& was = rows_[chain.newest()];
  const core::Row& is = rows_[chain.on_disk()];
  own.held_in = static_cast<Small>(own.held_in + was.entered - is.entered);
  own.held_gone = static_cast<Small>(own.held_gone + was.backed_out - is.backed_out);
  drift(state, static_cast<int>((was.left - is.left) - (was.unadmitted - is.unadmitted)));
  chain.count = chain.durable;
  const Node before = own;
  own = {};
  own.power = Power::down;
  own.slot = before.slot;
  own.ended = before.ended;
  own.held_in = before.held_in;
  own.held_gone = before.held_gone;
  own.held = own.disk = before.disk;
  own.frozen = own.frozen_on_disk = before.frozen_on_disk;
  own.epochs_used = before.epochs_used;
  own.answer = before.answer;
  if (node != 0) return;
  state.office = {};
  for (Node& gate : state.nodes) {
    gate.ordered = gate.left_when_ordered = 0;
    gate.answer = {};
  }
}

void Model::crash(const State& state, std::size_t node, const Emit& emit) {
  if (state.world.crashes >= scope_.crashes || (node == 0 && !scope_.office_crashes)) return;
  const Node& own = state.nodes[node];
  const auto who = static_cast<std::int8_t>(node);
  const bool recorded = rows_.version(state.chains[own.slot].on_disk()) >= own.lane_version;
  const auto end = [&](std::string_view what, bool enters) {
    State next = state;
    ++next.world.crashes;
    Node& gate = next.nodes[node];
    if (enters) ++next.world.inside;
    if (gate.lane != LaneAt::idle && recorded) ++(enters ? gate.held_in : gate.held_gone);
    if (!enters && has(next.world.lanes_then, node)) ++next.world.gone_from_lanes;
    next.world.lanes_then &= static_cast<Bits>(~bit(node));
    stop(next, node);
    send({what, who}, next, emit);
  };
  end(own.lane == LaneAt::open ? "crashes, and the car turns back" : "crashes", false);
  if (own.lane == LaneAt::open) end("crashes, and the car drives in", true);
}

void Model::start(const State& state, std::size_t node, const Emit& emit) {
  State next = state;
  next.nodes[node].power = Power::up;
  send({"starts again", static_cast<std::int8_t>(node)}, next, emit);
}

std::vector<RowId> Model::copies_of(const State& state, std::size_t slot) const {
  const Chain& chain = state.chains[slot];
  const bool early = scope_.mutant == Mutant::sends_before_durable;
  const Small sent = early ? chain.count : chain.durable;
  std::vector<RowId> copies(chain.rows.begin(), chain.rows.begin() + sent);
  copies.insert(copies.end(), chain.loose.begin(), chain.loose.begin() + chain.loose_count);
  return copies;
}

void Model::learn(State& state, std::size_t node, RowId copy) {
  const std::size_t slot = slot_of(rows_[copy].owner.incarnation);
  Node& own = state.nodes[node];
  switch (views_.offer(key_of(state, node), copy)) {
    case core::Merge::newer:
      own.held[slot] = copy;
      break;
    case core::Merge::clash:
      if (state.world.forked == 0) state.fault = Fault::two_histories;
      break;
    default:
      break;
  }
}

// Any copy that was ever sent may come now: late, out of order, again.
void Model::deliveries(const State& state, std::size_t node, const Emit& emit) {
  const Node& own = state.nodes[node];
  for (std::size_t slot = 0; slot < state.slots; ++slot) {
    if (slot == own.slot) continue;
    const bool never_known = has(own.frozen, slot) && own.held[slot] == 0 && node != 0;
    if (never_known && !has(view(state, node).retired, slot) && !scope_.late_first_copies) continue;
    for (const RowId copy : copies_of(state, slot)) {
      const core::Row& row = rows_[copy];
      const bool repeated = copy == own.held[slot];
      const bool again = repeated && scope_.mutant == Mutant::gift_by_value;
      if (row.version == 0 || (repeated && !again)) continue;
      State next = state;
      if (again && own.bonus == 0 && row.given.contains(incarnation_of(own.slot)))
        next.nodes[node].bonus = 1;
      learn(next, node, copy);
      if (next.nodes[node].held == own.held && next.nodes[node].bonus == own.bonus &&
          next.fault == Fault::none)
        continue;
      send({"takes a copy of", static_cast<std::int8_t>(node), static_cast<std::int8_t>(slot),
            static_cast<std::int8_t>(row.version)},
           next, emit);
    }
  }
}

/// What core::Identity says to somebody's mark of this row.
bool Model::ends_identity(const State& state, std::size_t slot, RowId held) const {
  const Chain& chain = state.chains[slot];
  const core::Row& own = rows_[chain.newest()];
  core::Remembered store{.incarnation = own.owner.incarnation};
  if (own.version > 0) store.own = own;
  for (core::Version version = 1; version <= own.version; ++version)
    store.past_tags.push_back(
        tag_of(slot, version, version > chain.forked_after ? chain.branch : 0));
  const core::Journal journal(own.owner, store, [] { return core::Tag{0}; }, core::Instant{});
  core::Identity identity(core::Identity::Quorum::first_answers, core::Instant{});
  if (held != 0)
    identity.heard({own.owner.incarnation, rows_[held].version, rows_[held].tag}, journal);
  return identity.ended().has_value();
}

void Model::contact(State& state, std::size_t node, std::size_t with) {
  Node& own = state.nodes[node];
  if (has(view(state, with).frozen, own.slot)) {
    own.told_retired = 1;
    return;
  }
  const RowId held = state.nodes[with].held[own.slot];
  const Chain& chain = state.chains[own.slot];
  const core::Version version = held == 0 ? 0 : rows_[held].version;
  const core::Version known = rows_[chain.newest()].version;
  const bool ours =
      version == 0 || (version <= known &&
                       rows_[held].tag == tag_of(own.slot, version,
                                                 version > chain.forked_after ? chain.branch : 0));
  const bool ends =
      ends_identity(state, own.slot, held) && scope_.mutant != Mutant::goes_on_after_rollback;
  if (!ours && !ends) state.fault = Fault::lives_after_other_history;
  if (ours && ends) state.fault = Fault::honest_store_ended;
  own.told |= bit(with);
  if (!ends) return;
  own.ended = 1;
}

// The two connect: `node` hears which version of its row the other one holds.
void Model::contacts(const State& state, std::size_t node, const Emit& emit) {
  if (!scope_.asks_after_start && !scope_.returns) return;
  for (std::size_t with = 0; with < nodes(); ++with) {
    const Node& other = state.nodes[with];
    if (with == node || other.power != Power::up || other.ended != 0) continue;
    State next = state;
    contact(next, node, with);
    const Node& now = next.nodes[node];
    const Node& was = state.nodes[node];
    if (now.told == was.told && now.ended == was.ended && now.told_retired == was.told_retired &&
        next.fault == Fault::none)
      continue;
    send({"hears what is known of it from", static_cast<std::int8_t>(node),
          static_cast<std::int8_t>(other.slot)},
         next, emit);
  }
}

// A new store: a new incarnation without permits. What was pending in the old one stays there.
void Model::lose_store(State& state, std::size_t node) const {
  Node& own = state.nodes[node];
  drift(state, own.held_gone);
  state.dead |= bit(own.slot);
  const Small slot = state.slots++;
  state.machine[slot] = static_cast<Small>(node);
  const Small epochs_used = own.epochs_used;
  own = {};
  own.power = Power::down;
  own.slot = slot;
  own.epochs_used = epochs_used;
}

void Model::stores(const State& state, std::size_t node, const Emit& emit) {
  const Node& own = state.nodes[node];
  const auto who = static_cast<std::int8_t>(node);
  const bool may_lose = node == 0 ? scope_.takes_over : scope_.lost == node;
  if (may_lose && state.world.lost == 0 && own.power == Power::down) {
    State next = state;
    next.world.lost = 1;
    lose_store(next, node);
    const std::size_t slot = next.nodes[node].slot;
    core::Row empty{.owner = rows_[state.chains[own.slot].rows[0]].owner};
    empty.owner.incarnation = incarnation_of(slot);
    next.chains[slot].rows[0] = rows_.intern(empty);
    next.chains[slot].count = next.chains[slot].durable = 1;
    send({"loses its store", who}, next, emit);
  }
  if (scope_.restored != node) return;
  if (state.world.imaged == 0 && state.chains[own.slot].durable > 0) {
    State next = state;
    next.world.imaged = 1;
    next.world.image_own = state.chains[own.slot].on_disk();
    next.world.image_copies = own.disk;
    next.world.image_frozen = own.frozen_on_disk;
    send({"has its card copied", who}, next, emit);
  }
  if (state.world.imaged == 0 || state.world.restored != 0 || own.power != Power::down) return;
  if (state.world.image_own == state.chains[own.slot].on_disk()) return;
  State next = state;
  Chain& chain = next.chains[own.slot];
  const core::Row& image = rows_[state.world.image_own];
  const auto first_after =
      std::find_if(chain.rows.begin(), chain.rows.begin() + chain.count,
                   [&](RowId id) { return rows_[id].version > image.version; });
  chain.loose_count = 0;
  for (auto id = first_after; id != chain.rows.begin() + chain.count; ++id)
    chain.loose[chain.loose_count++] = *id;
  chain.count = chain.durable = static_cast<Small>(first_after - chain.rows.begin());
  chain.branch = 1;
  chain.forked_after = static_cast<Small>(image.version);
  Node& gate = next.nodes[node];
  gate.held = gate.disk = state.world.image_copies;
  gate.frozen = gate.frozen_on_disk = state.world.image_frozen;
  next.world.restored = next.world.forked = 1;
  next.world.imaged = 0;
  const core::Count permits = view(next, node).permits[own.slot];
  next.world.extra = static_cast<Small>(next.world.extra + std::max<core::Count>(0, permits));
  // What is pending in the image: nobody can tell any more; settled as entered.
  gate.held_in = static_cast<Small>(image.pending());
  gate.held_gone = 0;
  send({"gets its old card back", who}, next, emit);
}

// The registry has accepted a later incarnation of a gate and says so.
void Model::lists(const State& state, std::size_t node, const Emit& emit) {
  const Node& own = state.nodes[node];
  for (std::size_t slot = 1; slot < state.slots; ++slot) {
    const bool superseded = has(state.dead, slot) && state.machine[slot] != 0;
    if (!superseded || has(own.frozen, slot)) continue;
    State next = state;
    next.nodes[node].frozen |= bit(slot);
    send({"hears that a newer store replaces", static_cast<std::int8_t>(node),
          static_cast<std::int8_t>(slot)},
         next, emit);
  }
}

}  // namespace parking::exhaustive
