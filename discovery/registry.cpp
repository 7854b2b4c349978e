#include "discovery/registry.hpp"

#include <algorithm>
#include <ranges>

namespace parking::discovery {

using core::Instant;
using core::PeerInfo;
using core::PeerState;
using core::Refusal;
using core::RefusalCode;

Registry::Registry(core::Duration lease, const std::optional<core::PeerList>& remembered,
                   Instant start)
    : lease_(lease) {
  if (!remembered) return;
  revision_ = remembered->revision + 1;
  for (const PeerInfo& info : remembered->peers)
    if (!info.owner.gate.is_office()) entries_[info.owner.gate] = {info, start + lease_};
}

std::variant<Registry::Accepted, Refusal> Registry::announce(const core::Register& request,
                                                             core::LotId lot, Instant now) {
  if (auto refusal = objection(request, lot, now)) return *std::move(refusal);
  const core::RowOwner& owner = request.owner;
  const auto [known, is_new] = entries_.try_emplace(owner.gate);
  Entry& entry = known->second;
  PeerInfo after = entry.info;
  if (!is_new && after.owner.incarnation != owner.incarnation)
    after.superseded.push_back(after.owner.incarnation);
  after.owner = owner;
  after.address = request.address;
  after.has_entry = request.has_entry;
  after.state = PeerState::alive;
  const bool changed = is_new || after != entry.info;
  entry = {std::move(after), now + lease_};
  if (changed) ++revision_;
  return Accepted{changed};
}

std::optional<Refusal> Registry::objection(const core::Register& request, core::LotId lot,
                                           Instant now) const {
  const core::RowOwner& owner = request.owner;
  if (request.protocol != core::protocol_version)
    return Refusal{RefusalCode::other_protocol,
                   "the gate and the central Pi run versions that cannot talk; update the older"};
  if (!request.lot.empty() && request.lot != lot)
    return Refusal{RefusalCode::other_lot,
                   "this gate belongs to lot " + to_string(request.lot) +
                       ", this discovery service to " +
                       (lot.empty() ? std::string("none yet") : to_string(lot)) +
                       "; if the central Pi has lost its store, put it back or take the lot over "
                       "there (parkingctl alarms on the central Pi says how); if the gate belongs "
                       "elsewhere, correct its [gate] discovery"};
  if (owner.gate.is_office())
    return Refusal{RefusalCode::gate_id_taken,
                   "\"office\" is the central Pi's own name; give this gate another"};
  for (const auto& [gate, entry] : entries_) {
    const PeerInfo& info = entry.info;
    const bool was_here =
        std::ranges::find(info.superseded, owner.incarnation) != info.superseded.end();
    if (gate == owner.gate && was_here)
      return Refusal{RefusalCode::superseded, "a newer store of this gate has taken over"};
    // A list that names an incarnation twice is refused by every gate that reads it.
    if (gate != owner.gate && (was_here || info.owner.incarnation == owner.incarnation))
      return Refusal{
          RefusalCode::gate_id_taken,
          "this gate has the store of gate \"" + gate.text() +
              "\" (a copied card, or another name); stop it and move its ledger.db away"};
  }
  if (retired_.contains(owner.incarnation))
    return Refusal{RefusalCode::retired,
                   "gate \"" + owner.gate.text() +
                       "\" was retired or has left; to use it again: parkingctl store renew"};
  const auto known = entries_.find(owner.gate);
  if (known == entries_.end() && entries_.size() >= core::max_gates)
    return Refusal{RefusalCode::too_many, "the lot has 64 gates already; retire one first"};
  const bool is_known =
      known != entries_.end() && known->second.info.owner.incarnation == owner.incarnation;
  if (!is_known && incarnations() >= core::max_incarnations)
    return Refusal{RefusalCode::too_many,
                   "the gates of this lot have lost their stores 1024 times in all; look at " +
                       owner.gate.text() + "'s card"};
  // Ledger rule 9: the same address is the same machine, whose old store is gone. The same store at
  // another address is a copied card; a gate that really moves has withdrawn, or waits for a lease.
  if (known != entries_.end() && now < known->second.lease_ends &&
      known->second.info.address != request.address)
    return Refusal{RefusalCode::gate_id_taken,
                   "a gate named \"" + owner.gate.text() + "\" is running at " +
                       known->second.info.address +
                       "; give this one its own name and store, or stop that one"};
  return std::nullopt;
}

std::size_t Registry::incarnations() const {
  std::size_t count = 0;
  for (const Entry& entry : entries_ | std::views::values)
    count += 1 + entry.info.superseded.size();
  return count;
}

bool Registry::renew(const core::Register& announced, Instant now) {
  const core::RowOwner& owner = announced.owner;
  const auto known = entries_.find(owner.gate);
  if (known == entries_.end() || known->second.info.owner != owner) return false;
  // A copied card took the gate's place while its lease was over: nobody would find the gate.
  if (known->second.info.address != announced.address) return false;
  if (retired_.contains(owner.incarnation)) return false;
  known->second.lease_ends = now + lease_;
  set_state(known->second, PeerState::alive);
  return true;
}

void Registry::withdraw(const core::RowOwner& owner) {
  const auto known = entries_.find(owner.gate);
  if (known == entries_.end() || known->second.info.owner != owner) return;
  if (known->second.info.state == PeerState::retired) return;
  known->second.lease_ends = Instant::min();
  set_state(known->second, PeerState::gone);
}

void Registry::retire(core::Incarnation row) {
  retired_.insert(row);
  for (Entry& entry : entries_ | std::views::values) {
    if (entry.info.owner.incarnation != row) continue;
    entry.lease_ends = Instant::min();
    set_state(entry, PeerState::retired);
  }
}

void Registry::tick(Instant now) {
  for (Entry& entry : entries_ | std::views::values)
    if (entry.info.state == PeerState::alive && now >= entry.lease_ends)
      set_state(entry, PeerState::gone);
}

Instant Registry::next_wake() const {
  Instant wake = Instant::max();
  for (const Entry& entry : entries_ | std::views::values)
    if (entry.info.state == PeerState::alive) wake = std::min(wake, entry.lease_ends);
  return wake;
}

core::PeerList Registry::list() const {
  core::PeerList list;
  list.revision = revision_;
  list.lease = lease_;
  for (const Entry& entry : entries_ | std::views::values) list.peers.push_back(entry.info);
  return list;
}

void Registry::set_state(Entry& entry, PeerState state) {
  if (entry.info.state == state) return;
  entry.info.state = state;
  ++revision_;
}

}  // namespace parking::discovery
