#include "app/core/exchange.hpp"

#include <algorithm>
#include <cassert>
#include <ranges>

#include "app/core/planted.hpp"
#include "app/core/rebalance.hpp"

namespace parking::core {

Exchange::Exchange(Settings settings, const Remembered& remembered, Random random, Instant start)
    : settings_(std::move(settings)),
      journal_(settings_.self, remembered, random, start),
      peers_(start),
      identity_(settings_.quorum, start),
      lot_(remembered.lot),
      lot_durable_(!remembered.lot.empty()),
      start_(start),
      pulsed_(start),
      digested_(start),
      membership_changed_(start),
      random_(std::move(random)) {
  ledger_.set_own(journal_.own());
  for (const RowCopy& copy : remembered.learned) ledger_.merge(copy);
  for (const Incarnation row : remembered.superseded) ledger_.freeze(row);
  if (!remembered.peers) return;
  Effects ignored;
  listed(*remembered.peers, start, ignored);
}

void Exchange::link_up(LinkId id, const GateId& dialled, Instant now, Effects& effects) {
  peers_.open(id, dialled, now);
  if (!dialled.empty()) effects.sends.push_back({id, introduction(dialled)});
}

void Exchange::link_down(LinkId id, Instant now) {
  if (const Peer* peer = peers_.on(id)) {
    ask_.unreachable(peer->gate);
    membership_changed_ = now;
  }
  std::erase_if(replies_, [id](const PendingReply& reply) { return reply.link == id; });
  std::erase_if(orders_, [id](const PendingOrder& order) { return order.link == id; });
  peers_.close(id);
}

bool Exchange::persisted(RecordNumber number) {
  journal_.persisted(number);
  const bool lot_becomes_durable = !lot_durable_ && lot_record_ != 0 && number >= lot_record_;
  if (lot_becomes_durable) lot_durable_ = true;
  return lot_becomes_durable;
}

bool Exchange::listed(const PeerList& list, Instant now, Effects& effects) {
  if (!lot_.empty() && !list.lot.empty() && list.lot != lot_) return false;
  if (lot_.empty() && !list.lot.empty()) {
    lot_ = list.lot;
    journal_.remember_lot(lot_);
  }
  for (Peer& peer : peers_.all() | std::views::values) peer.listed = peer.retired = false;
  for (const PeerInfo& info : list.peers) {
    for (const Incarnation old : info.superseded) freeze(old);
    if (info.owner.gate == settings_.self.gate) continue;
    Peer* peer = peers_.obtain(info.owner.gate);
    if (peer == nullptr) continue;
    peer->retired = info.state == PeerState::retired;
    peer->listed = !peer->retired && !ledger_.is_final(info.owner.incarnation);
    peer->address = info.address;
    if (!peer->link) peer->has_entry = info.has_entry;
    peer->lease_ended = info.state == PeerState::gone;
    if (!peer->link) peer->incarnation = info.owner.incarnation;
    if (peer->link && ledger_.is_frozen(peer->incarnation)) effects.closes.push_back(*peer->link);
  }
  peers_.drop_unlisted();
  if (list.lease > Duration{0}) lease_ = list.lease;
  if (list_ == list) return true;
  journal_.remember_peers(list);
  list_ = list;
  membership_changed_ = now;
  effects.peers_changed = true;
  return true;
}

void Exchange::serve(const std::vector<OwnWait>& waits, bool may_admit,
                     const std::function<void(std::size_t)>& admit, Instant now) {
  // What was counted in this step already binds what may be spent in it.
  ledger_.set_own(journal_.own());
  demand_.expire(now);
  identity_.consider(peers_, now);
  if (!may_spend()) return;
  const std::vector<Demand> demands = demand_.in_order();
  const Count gates = demands.empty() ? 0 : entry_gates();
  const Count capacity = ledger_.totals().capacity;
  const Count at_first = permits();
  const auto available = [&] {
    return has_bug(Bug::permit_tested_in_policy_only) ? at_first : permits();
  };
  auto own = waits.begin();
  const auto admit_older_than = [&](Instant since) {
    while (may_admit && own != waits.end() && own->since <= since && available() >= 1) {
      admit((own++)->lane);
      ledger_.set_own(journal_.own());
    }
  };
  for (const Demand& demand : demands) {
    // Ledger rule 6: debt and a capacity cut go before cars, our own included.
    if (demand.rank == DemandRank::waiting) admit_older_than(demand.since);
    if (available() < 1) return;
    const auto peer = std::ranges::find_if(peers_.all(), [&](const auto& entry) {
      return entry.second.link && entry.second.incarnation == demand.asker;
    });
    if (!may_give_ || peer == peers_.all().end() || ledger_.is_frozen(demand.asker)) continue;
    const Count own_need = may_admit ? std::distance(own, waits.end()) : 0;
    const Count gift = demand.rank == DemandRank::waiting
                           ? gift_size({.permits = available(),
                                        .needed = demand_.total() + own_need,
                                        .wanted = demand.wanted,
                                        .capacity = capacity,
                                        .gates = gates})
                           : std::min(available(), demand.wanted);
    give(peer->second, gift);
    demand_.served(demand.asker, gift);
  }
  admit_older_than(Instant::max());
  hand_out(now);
}

void Exchange::hand_out(Instant now) {
  if (settings_.has_entry || !may_give_ || now < membership_changed_ + settle_for) return;
  std::vector<Peer*> receivers;
  std::vector<Count> balances;
  for (Peer& peer : peers_.all() | std::views::values) {
    if (!peer.link || !peer.has_entry || ledger_.is_frozen(peer.incarnation)) continue;
    receivers.push_back(&peer);
    balances.push_back(ledger_.permits(peer.incarnation));
  }
  // A gate that leaves where no other one lets cars in returns its permits to the office.
  Peer* office = peers_.find(GateId::office());
  if (receivers.empty() && leaving_ && office != nullptr && office->link) {
    receivers.push_back(office);
    balances.push_back(0);
  }
  const std::vector<Count> shares = share_out(permits(), balances);
  for (std::size_t i = 0; i < receivers.size(); ++i)
    if (shares[i] > 0) give(*receivers[i], shares[i]);
}

// Ledger rule 4: the donor's row says so, durably, before anybody hears of it.
void Exchange::give(Peer& to, Count count) {
  if (count <= 0) return;
  assert(count <= permits() || has_bug(Bug::permit_tested_in_policy_only));
  journal_.change().given[to.incarnation] += count;
  ledger_.set_own(journal_.own());
  for (PendingReply& reply : replies_)
    if (to.link == reply.link) reply.after = journal_.last_number() + 1;
}

// Ledger rule 6: what is asked for first is debt, then a capacity cut, then permits for cars.
void Exchange::ask_for(Count waiting, Instant now, Effects& effects) {
  const Count own = permits();
  Count wanted = 0;
  DemandRank rank = DemandRank::waiting;
  if (!may_spend()) {
    wanted = 0;
  } else if (own < 0) {
    wanted = -own;
    rank = DemandRank::debt;
  } else if (cut_ > own) {
    wanted = cut_ - own;
    rank = DemandRank::capacity_cut;
  } else if (waiting > 0) {
    wanted = waiting - own;
  }
  const auto reachable = [this] { return peers_.reachable(); };
  if (ask_.want(wanted, rank, next_inquiry_, reachable, now)) ask_all(reachable(), now, effects);
}

void Exchange::finish(Count waiting, Instant now, Effects& effects) {
  if (identity_.ended()) effects.identity_ended = identity_.ended();
  ask_for(waiting, now, effects);
  effects.record = journal_.flush(now);
  if (effects.record && effects.record->lot) lot_record_ = effects.record->number;
  if (effects.record && effects.record->own) effects.snapshot_changed = true;
  ledger_.set_own(journal_.own());
  if (identity_.ended()) {
    // Whatever is still counted here must not mix with the other history of this row.
    effects.sends.clear();
    return;
  }
  send_replies(now, effects);
  answer_orders(effects);
  ask_all(ask_.take_due(now), now, effects);
  push_rows(now, effects);
  keep_alive(now, effects);
  give_up_silent(now, effects);
}

void Exchange::ask_all(const std::set<GateId>& whom, Instant now, Effects& effects) {
  for (const GateId& gate : whom) {
    Peer* peer = peers_.find(gate);
    if (peer != nullptr && peer->link) send_inquiry(*peer, ask_.id(), now, effects);
  }
}

void Exchange::send_inquiry(Peer& to, std::uint64_t id, Instant now, Effects& effects) {
  to.pushed = journal_.durable().version;
  to.pushed_at = now;
  effects.sends.push_back({*to.link, Inquiry{.id = id,
                                             .wanted = ask_.wanted(),
                                             .rank = ask_.rank(),
                                             .leaving = leaving_,
                                             .row = RowCopy{journal_.durable(), {}}}});
}

void Exchange::send_replies(Instant now, Effects& effects) {
  const auto waits = [this](const PendingReply& reply) {
    return reply.after > journal_.durable_number();
  };
  if (std::ranges::all_of(replies_, waits)) return;
  const Totals totals = ledger_.totals();
  const Duration oldest = age(now);
  for (const PendingReply& reply : replies_) {
    if (waits(reply)) continue;
    effects.sends.push_back(
        {reply.link, Reply{reply.id, status_, totals.inside, totals.free, oldest,
                           RowCopy{journal_.durable(), {}}, reply.ack}});
  }
  std::erase_if(replies_, [&](const PendingReply& reply) { return !waits(reply); });
}

void Exchange::push_rows(Instant now, Effects& effects) {
  const Version newest = journal_.durable().version;
  for (Peer& peer : peers_.all() | std::views::values) {
    const bool knows = peer.acked >= newest && (!leaving_ || peer.told_leaving);
    if (!peer.link || knows) continue;
    // One version at a time: what changes meanwhile goes with the next one.
    const bool told_just_now = now < peer.pushed_at + resend_after;
    if (peer.pushed > peer.acked && told_just_now) continue;
    if (peer.pushed >= newest && (told_just_now || has_bug(Bug::gifts_not_resent))) continue;
    send_inquiry(peer, ask_.wanted() > 0 ? ask_.id() : next_inquiry_++, now, effects);
  }
}

// A frozen row rises to the version at which the office has just retired it: until somebody sends
// that, this gate's figures differ from the others'.
bool Exchange::lacks_last_rows() const {
  return std::ranges::any_of(ledger_.frozen(), [this](Incarnation row) {
    const auto retired = ledger_.retired_at(row);
    return retired && ledger_.mark(row).version < *retired;
  });
}

void Exchange::keep_alive(Instant now, Effects& effects) {
  const bool pulse_due = now >= pulsed_ + pulse_every;
  const bool asks_at_once = std::exchange(office_spoke_, false) && lacks_last_rows();
  const bool digest_due = asks_at_once || now >= digested_ + digest_every;
  if (pulse_due) pulsed_ = now;
  if (digest_due) digested_ = now;
  if (!pulse_due && !digest_due) return;
  const Digest digest = digest_due ? what_is_held() : Digest{};
  for (const Peer& peer : peers_.all() | std::views::values) {
    if (!peer.link) continue;
    if (pulse_due) effects.sends.push_back({*peer.link, Pulse{journal_.durable_mark()}});
    if (digest_due) effects.sends.push_back({*peer.link, digest});
  }
  effects.snapshot_changed = true;  // ages and link states move with time
}

Digest Exchange::what_is_held() const {
  Digest digest{ledger_.marks()};
  // The own row counts as far as it is durable.
  std::erase_if(digest.marks, [this](const RowMark& mark) {
    return mark.incarnation == settings_.self.incarnation;
  });
  if (journal_.durable().version > 0) digest.marks.push_back(journal_.durable_mark());
  return digest;
}

void Exchange::give_up_silent(Instant now, Effects& effects) {
  // Deadlines only move away, and a new link's is at least this far.
  if (now < silent_from_) return;
  silent_from_ = now + std::min(silent_for, handshake_within);
  for (const auto& [id, link] : peers_.links()) {
    const Instant ends = link.peer ? link.heard + silent_for : link.opened + handshake_within;
    if (now >= ends)
      effects.closes.push_back(id);
    else
      silent_from_ = std::min(silent_from_, ends);
  }
}

void Exchange::found_lot() {
  lot_ = LotId{settings_.self.incarnation.value};
  journal_.remember_lot(lot_);
}

void Exchange::freeze(Incarnation row) {
  if (row == settings_.self.incarnation) {
    identity_.superseded();
    return;
  }
  if (ledger_.frozen().contains(row)) return;
  ledger_.freeze(row);
  demand_.forget(row);
  journal_.remember_superseded(row);
}

Instant Exchange::next_wake(Instant now) const {
  if (identity_.ended()) return Instant::max();
  Instant wake = std::min({pulsed_ + pulse_every, digested_ + digest_every, ask_.next_wake(now),
                           journal_.next_wake(), identity_.next_wake(now)});
  const Instant settled = membership_changed_ + settle_for;
  if (!settings_.has_entry && settled > now) wake = std::min(wake, settled);
  if (held(now)) wake = std::min(wake, held_until_);
  const Version newest = journal_.durable().version;
  for (const Peer& peer : peers_.all() | std::views::values) {
    if (has_bug(Bug::gifts_not_resent) && peer.pushed >= newest) continue;
    if (peer.link && (peer.acked < newest || (leaving_ && !peer.told_leaving)))
      wake = std::min(wake, peer.pushed_at + resend_after);
  }
  return wake;
}

}  // namespace parking::core
