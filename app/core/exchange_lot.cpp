// What concerns the whole lot: the office's orders, leaving, rows whose owners have stopped.
#include <algorithm>
#include <ranges>

#include "app/core/exchange.hpp"
#include "app/core/planted.hpp"

namespace parking::core {

// Ledger rule 11: the hold has an epoch of its own, so that the office notices when cars were let
// in between two of its orders.
void Exchange::handle(Peer& peer, LinkId id, const Order& order, Instant now, Effects& effects) {
  if (!peer.gate.is_office()) {
    refuse(id, {RefusalCode::not_understood, "only the office gives orders"}, effects);
    return;
  }
  const Count left = has_bug(Bug::recount_at_begin) && order.pin && held(now) ? left_at_hold_
                                                                              : journal_.own().left;
  if (!order.hold) {
    release_hold();
  } else {
    if (!held(now)) {
      hold_epoch_ = random_() | 1U;
      left_at_hold_ = left;
    }
    held_until_ = now + Order::hold_for;
    office_had_heard_ = order.heard;
    two_lots_ = order.two_lots;
  }
  for (const Incarnation row : order.freeze)
    if (row != settings_.self.incarnation) freeze(row);
  for (const Peer& other : peers_.all() | std::views::values)
    if (other.link && ledger_.is_frozen(other.incarnation)) effects.closes.push_back(*other.link);
  effects.snapshot_changed = true;
  const auto same = [&](const PendingOrder& pending) { return pending.link == id; };
  const auto pending = std::ranges::find_if(orders_, same);
  if (pending == orders_.end())
    orders_.push_back({id, order, left, 0});
  else if (pending->order.id != order.id)
    *pending = {id, order, left, 0};
}

// Answered when everything the order asks for is durable: what was frozen, and every crossing
// counted so far. A gate that holds says so only once no admission is on its way: a barrier that is
// still open for a car that went away may let in another one, whom the number does not have.
void Exchange::answer_orders(Effects& effects) {
  std::erase_if(orders_, [&](PendingOrder& pending) {
    if ((pending.order.hold || pending.order.pin) && admission_in_lane_) return false;
    if (pending.after == 0) pending.after = journal_.last_number();
    if (pending.after > journal_.durable_number()) return false;
    const std::set<Incarnation>& frozen = ledger_.frozen();
    effects.sends.push_back(
        {pending.link, OrderDone{.id = pending.order.id,
                                 .hold_epoch = pending.order.hold ? hold_epoch_ : 0,
                                 .left_when_ordered = pending.left_when_ordered,
                                 .row = {journal_.durable(), {}},
                                 .marks = what_is_held().marks,
                                 .frozen = {frozen.begin(), frozen.end()}}});
    return true;
  });
}

void Exchange::handle(Peer&, LinkId id, const OrderDone& done, Instant now, Effects& effects) {
  learn(done.row, now, effects);
  for (const RowMark& mark : done.marks) identity_.heard(mark, journal_);
  const auto unknown = [this](const RowMark& mark) {
    return ledger_.mark(mark.incarnation).version < mark.version && !is_live(mark.incarnation);
  };
  // Its copies of rows that nobody will write again have to come here before an act can end.
  if (std::ranges::any_of(done.marks, unknown)) effects.sends.push_back({id, what_is_held()});
  answers_.push_back(done);
}

void Exchange::handle(Peer&, LinkId id, const RecountRequest& request, Instant, Effects&) {
  requests_.emplace_back(id, request);
}

void Exchange::handle(Peer& peer, LinkId, const RecountAnswer& answer, Instant, Effects&) {
  if (peer.gate.is_office()) recount_answer_ = answer;
}

bool Exchange::tell_office(const Message& message, Effects& effects) {
  const Peer* office = peers_.find(GateId::office());
  if (office == nullptr || !office->link) return false;
  effects.sends.push_back({*office->link, message});
  return true;
}

Count Exchange::left_since_hold() const {
  return hold_epoch_ == 0 ? 0 : journal_.own().left - left_at_hold_;
}

void Exchange::release_hold() {
  held_until_ = Instant::min();
  hold_epoch_ = 0;
}

void Exchange::begin_leaving() {
  leaving_ = true;
  told_from_ = next_inquiry_++;
  settings_.has_entry = false;  // whatever comes is handed out
}

bool Exchange::may_become_final() const {
  const Version newest = journal_.durable().version;
  if (journal_.has_changes() || journal_.own().version != newest) return false;
  if (journal_.own().pending() != 0 || admission_in_lane_) return false;
  if (retired()) return true;  // nobody gives it anything or takes anything from it
  const auto knows = [newest](const Peer& peer) {
    return !peer.link || (peer.told_leaving && peer.acked >= newest);
  };
  const Peer* office = peers_.find(GateId::office());
  return permits() <= 0 && office != nullptr && office->link &&
         std::ranges::all_of(peers_.all() | std::views::values, knows);
}

bool Exchange::retired() const {
  if (has_bug(Bug::retired_row_goes_on)) return false;
  return retired_ || ledger_.retired_at(settings_.self.incarnation).has_value();
}

bool Exchange::is_live(Incarnation row) const {
  return !ledger_.is_closed(row) && !ledger_.is_frozen(row) && !ledger_.is_final(row);
}

// An unreachable gate is live as well; one that has never written and was never given anything is
// live only while it is listed.
std::set<Incarnation> Exchange::live_rows() const {
  std::set<Incarnation> live;
  for (const Incarnation row : ledger_.mentioned())
    if (!ledger_.is_office(row) && is_live(row)) live.insert(row);
  for (const Peer& peer : peers_.all() | std::views::values)
    if ((peer.listed || peer.link) && !peer.incarnation.empty() && is_live(peer.incarnation))
      live.insert(peer.incarnation);
  live.erase(settings_.self.incarnation);
  return live;
}

std::string Exchange::name_of(Incarnation row) const {
  if (const RowCopy* copy = ledger_.find(row)) return copy->row.owner.gate.text();
  for (const Peer& peer : peers_.all() | std::views::values)
    if (peer.incarnation == row) return peer.gate.text();
  return to_string(row);
}

Count Exchange::stated_debt() const {
  Count debt = 0;
  for (const Demand& demand : demand_.in_order()) {
    const bool connected = std::ranges::any_of(
        peers_.all() | std::views::values,
        [&](const Peer& peer) { return peer.link && peer.incarnation == demand.asker; });
    if (connected && demand.rank == DemandRank::debt) debt += demand.wanted;
  }
  return debt;
}

void Exchange::accept(const RowCopy& copy, Instant now) {
  Effects ignored;
  own_changed();
  learn(copy, now, ignored);
}

void Exchange::adopt_lot(LotId lot) {
  lot_ = lot;
  journal_.remember_lot(lot);
}

// A newer store of the same gate was accepted; otherwise the row was frozen to be retired.
bool Exchange::was_superseded(Incarnation row) const {
  return list_ && std::ranges::any_of(list_->peers, [row](const PeerInfo& info) {
           return info.state != PeerState::retired &&
                  std::ranges::find(info.superseded, row) != info.superseded.end();
         });
}

std::optional<Refusal> Exchange::objection_to_frozen(const RowOwner& owner) const {
  const Incarnation row = owner.incarnation;
  if (!ledger_.is_frozen(row) || has_bug(Bug::retired_row_goes_on)) return std::nullopt;
  if (was_superseded(row))
    return Refusal{RefusalCode::superseded, "a newer store of this gate has taken over"};
  if (owner.gate.is_office())
    return Refusal{RefusalCode::retired,
                   "a newer central service has taken this lot over; see there: parkingctl alarms"};
  return Refusal{
      RefusalCode::retired,
      "gate \"" + owner.gate.text() + "\" was retired; to use it again: parkingctl store renew"};
}

}  // namespace parking::core
