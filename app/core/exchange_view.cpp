// What the exchange knows, as figures: balances, ages and states of links.
#include <algorithm>
#include <ranges>

#include "app/core/exchange.hpp"
#include "app/core/planted.hpp"

namespace parking::core {

bool Exchange::lot_ready() const {
  return !lot_.empty() && lot_durable_;
}

Count Exchange::permits() const {
  Count own = ledger_.permits(settings_.self.incarnation);
  if (has_bug(Bug::given_by_gate_id) && list_)
    for (const PeerInfo& info : list_->peers)
      if (info.owner.gate == settings_.self.gate)
        for (const Incarnation former : info.superseded)
          own += std::max<Count>(0, ledger_.permits(former));
  return own;
}

bool Exchange::may_spend() const {
  const bool row_goes_on = !retired() && !journal_.own().final_row;
  return lot_ready() && !disk_failed_ && identity_.confirmed() && row_goes_on;
}

LinkState Exchange::state_of(const Peer& peer, Instant now) const {
  if (peer.retired) return LinkState::retired;
  if (peer.link && now < peer.heard + alive_within) return LinkState::alive;
  // A gate that stops says so to the registry; nobody waits for its lease then.
  const bool gone = now >= peer.heard + lease_ || (peer.lease_ended && !peer.link);
  return gone ? LinkState::gone : LinkState::late;
}

bool Exchange::is_gone(Incarnation row, Instant now) const {
  if (row == settings_.self.incarnation) return false;
  if (ledger_.is_frozen(row)) return true;
  const Peer* owner = owner_of(row);
  if (owner == nullptr) return true;
  const LinkState state = state_of(*owner, now);
  return state == LinkState::gone || state == LinkState::retired;
}

// Asked for every row at each step. A row that only a gift has mentioned names no gate.
const Peer* Exchange::owner_of(Incarnation row) const {
  if (const RowCopy* copy = ledger_.find(row)) {
    const Peer* owner = peers_.find(copy->row.owner.gate);
    return owner != nullptr && owner->incarnation == row ? owner : nullptr;
  }
  const auto peer = std::ranges::find_if(
      peers_.all(), [row](const auto& entry) { return entry.second.incarnation == row; });
  return peer == peers_.all().end() ? nullptr : &peer->second;
}

Count Exchange::stranded(Instant now) const {
  Count stranded = 0;
  for (const auto& [row, permits] : ledger_.balances())
    if (permits != 0 && is_gone(row, now) && !ledger_.is_closed(row)) stranded += permits;
  return stranded;
}

OutOfReach Exchange::out_of_reach(Instant now) const {
  OutOfReach holders;
  for (const auto& [row, permits] : ledger_.balances()) {
    if (permits <= 0 || !is_gone(row, now) || ledger_.is_closed(row)) continue;
    const RowCopy* copy = ledger_.find(row);
    const Peer* owner = copy == nullptr ? nullptr : peers_.find(copy->row.owner.gate);
    const bool replaced = (owner != nullptr && owner->incarnation != row) ||
                          (copy != nullptr && copy->row.owner.gate == settings_.self.gate);
    const bool ended = replaced || ledger_.is_frozen(row) || ledger_.is_final(row);
    const bool unknown = name_of(row) == to_string(row);
    holders.ended |= ended || unknown;
    holders.gone |= !ended;
  }
  return holders;
}

Duration Exchange::age(Instant now) const {
  Instant oldest = now;
  for (const Peer& peer : peers_.all() | std::views::values) {
    if (!peer.listed && !peer.link) continue;
    const auto confirmed = confirmed_.find(peer.incarnation);
    oldest = std::min(oldest, confirmed == confirmed_.end() ? start_ : confirmed->second);
  }
  return now - oldest;
}

bool Exchange::full_for_all_we_know(Instant now) const {
  Count out_of_reach = 0;
  for (const Peer& peer : peers_.all() | std::views::values)
    if (!peer.link && !is_gone(peer.incarnation, now))
      out_of_reach += ledger_.permits(peer.incarnation);
  const bool somebody_missing = std::ranges::any_of(
      peers_.all(), [](const auto& entry) { return entry.second.listed && !entry.second.link; });
  return !somebody_missing || (out_of_reach <= 0 && stranded(now) <= 0);
}

Count Exchange::entry_gates() const {
  return (settings_.has_entry ? 1 : 0) + std::ranges::count_if(peers_.all(), [](const auto& entry) {
           return entry.second.has_entry;
         });
}

Snapshot view_of(const Exchange& exchange, Instant now) {
  const Totals totals = exchange.ledger().totals();
  Snapshot view;
  view.lot.id = exchange.lot();
  if (exchange.list()) view.lot.name = exchange.list()->lot_name;
  view.lot.capacity = totals.capacity;
  view.lot.capacity_wanted = totals.capacity_wanted;
  view.lot.inside = totals.inside;
  view.lot.pending = totals.pending;
  view.lot.stranded = exchange.stranded(now);
  view.lot.free =
      std::clamp<Count>(totals.free - view.lot.stranded, 0, std::max<Count>(0, totals.capacity));
  view.lot.age = exchange.age(now);
  view.lot.held = exchange.held(now);
  view.lot.two_lots = exchange.held_for_two_lots(now);
  view.lot.left_since_hold = exchange.left_since_hold();
  view.gate.id = exchange.self().gate.text();
  view.gate.incarnation = exchange.self().incarnation;
  view.gate.permits = exchange.permits();
  for (const Peer& peer : exchange.peers().all() | std::views::values)
    view.peers.push_back(
        {peer.gate.text(), peer.address, exchange.state_of(peer, now), now - peer.heard});
  return view;
}

}  // namespace parking::core
