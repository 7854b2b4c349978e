// The messages of the exchange, one by one.
#include <algorithm>
#include <ranges>
#include <utility>

#include "app/core/exchange.hpp"
#include "app/core/planted.hpp"

namespace parking::core {
namespace {

bool is_later(const Row& row, const RowCopy* held) {
  return held != nullptr && row.version > held->row.version && grows_from(held->row, row);
}

}  // namespace

Hello Exchange::introduction(const GateId& to) const {
  return {.to = to,
          .lot = lot_,
          .row = {journal_.durable(), {}},
          .known = ledger_.marks_of(to),
          .has_entry = settings_.has_entry};
}

void Exchange::received(LinkId id, const Message& message, Instant now, Effects& effects) {
  Link* link = peers_.link(id);
  if (link == nullptr) return;  // closed a moment ago
  link->heard = now;
  if (const auto* refusal = std::get_if<Refusal>(&message)) {
    refused(*refusal, now);
    effects.closes.push_back(id);
    return;
  }
  const auto* hello = std::get_if<Hello>(&message);
  const auto* welcome = std::get_if<Welcome>(&message);
  if (hello != nullptr && link->dialled.empty() && !link->peer)
    handle_hello(id, *hello, now, effects);
  else if (welcome != nullptr && !link->dialled.empty() && !link->peer)
    handle_welcome(id, *welcome, now, effects);
  else if (Peer* peer = peers_.on(id))
    handle_from(*peer, id, message, now, effects);
  else if (link->peer)
    return;  // another connection has taken over; what was said here is said again there
  else
    refuse(id, {RefusalCode::not_understood, "a conversation begins with Hello"}, effects);
}

void Exchange::handle_from(Peer& peer, LinkId id, const Message& message, Instant now,
                           Effects& effects) {
  peer.heard = now;
  std::visit(
      [&](const auto& m) {
        if constexpr (requires { handle(peer, id, m, now, effects); })
          handle(peer, id, m, now, effects);
        else
          refuse(id, {RefusalCode::not_understood, "a message out of place"}, effects);
      },
      message);
  peer.answered_start = peer.answered_start || knows_the_lot(peer);
}

// Ledger rules 8 and 9: an office that was started in the place of a lost one, and has not taken
// the lot over, has perhaps asked nobody yet; what it does not know says nothing.
bool Exchange::knows_the_lot(const Peer& peer) const {
  if (!peer.gate.is_office() || peer.incarnation.value == lot_.value) return true;
  const RowCopy* row = ledger_.find(peer.incarnation);
  return row != nullptr && row->row.office &&
         std::ranges::any_of(row->row.office->retired | std::views::keys, [this](Incarnation one) {
           return one.value == lot_.value || ledger_.is_office(one);
         });
}

std::optional<Refusal> Exchange::objection(const Hello& hello) {
  const RowOwner& owner = hello.row.row.owner;
  if (hello.protocol != protocol_version)
    return Refusal{RefusalCode::other_protocol,
                   "the two programs are of versions that cannot talk; update the older one"};
  if (hello.to != settings_.self.gate)
    return Refusal{RefusalCode::not_understood, "this is gate \"" + settings_.self.gate.text() +
                                                    "\", not \"" + hello.to.text() + "\""};
  if (!lot_ready())
    return Refusal{RefusalCode::not_understood, "this gate does not know its lot yet; try again"};
  if (hello.lot != lot_) {
    foreign_lot_ = owner.gate.text();
    return Refusal{RefusalCode::other_lot, "this gate belongs to lot " + to_string(lot_) +
                                               "; correct [gate] discovery in one of the two"};
  }
  if (auto frozen = objection_to_frozen(owner)) {
    if (hello.row.row.final_row) returned_.push_back(hello.row);
    return frozen;
  }
  if (owner.gate == settings_.self.gate)
    return Refusal{RefusalCode::gate_id_taken,
                   "\"" + owner.gate.text() + "\" is this gate's name; give the other one its own"};
  // The registry decides which incarnation of a gate is the one; until it says so, the one that is
  // connected stays.
  const Peer* known = peers_.find(owner.gate);
  if (known != nullptr && known->link && known->incarnation != owner.incarnation)
    return Refusal{RefusalCode::gate_id_taken, "a gate named \"" + owner.gate.text() +
                                                   "\" is connected; give this one its own name"};
  return std::nullopt;
}

// Somebody with this very store is connected already: our own call crossed with his, or his card
// was copied. A copy must not be told that its store is up to date, so it gets no Welcome.
std::optional<Refusal> Exchange::objection_to_second(const RowOwner& owner, Instant now) {
  const Peer* known = peers_.find(owner.gate);
  if (known == nullptr || !known->link || known->incarnation != owner.incarnation)
    return std::nullopt;
  const Link& current = *peers_.link(*known->link);
  if (!current.dialled.empty()) {
    // Both sides keep the connection that the lesser name dialled.
    if (settings_.self.gate < owner.gate)
      return Refusal{RefusalCode::already_connected, "the other connection stays"};
    return std::nullopt;
  }
  if (now >= current.heard + alive_within) return std::nullopt;
  return Refusal{RefusalCode::gate_id_taken,
                 "gate \"" + owner.gate.text() +
                     "\" is connected with this very store: a card was copied; give the copy a "
                     "store of its own by moving its ledger.db away"};
}

void Exchange::handle_hello(LinkId id, const Hello& hello, Instant now, Effects& effects) {
  if (auto refusal = objection(hello)) {
    refuse(id, std::move(*refusal), effects);
    return;
  }
  if (auto refusal = objection_to_second(hello.row.row.owner, now)) {
    refuse(id, std::move(*refusal), effects);
    return;
  }
  const Hello answer = introduction(hello.row.row.owner.gate);
  effects.sends.push_back(
      {id, Welcome{answer.protocol, answer.lot, answer.row, answer.known, answer.has_entry}});
  bind(id, hello, now, effects);
}

void Exchange::handle_welcome(LinkId id, const Welcome& welcome, Instant now, Effects& effects) {
  const Hello as_hello{.to = settings_.self.gate,
                       .protocol = welcome.protocol,
                       .lot = welcome.lot,
                       .row = welcome.row,
                       .known = welcome.known,
                       .has_entry = welcome.has_entry};
  if (auto refusal = objection(as_hello)) {
    refuse(id, std::move(*refusal), effects);
    return;
  }
  bind(id, as_hello, now, effects);
}

void Exchange::bind(LinkId id, const Hello& hello, Instant now, Effects& effects) {
  const RowOwner& owner = hello.row.row.owner;
  Peer* peer = peers_.obtain(owner.gate);
  if (peer == nullptr) {
    refuse(id, {RefusalCode::too_many, "the lot has 64 gates already"}, effects);
    return;
  }
  Link& link = *peers_.link(id);
  link.peer = owner.gate;
  RowMark known_of_us{settings_.self.incarnation, 0, 0};
  for (const RowMark& mark : hello.known) {
    identity_.heard(mark, journal_);
    if (mark.incarnation == settings_.self.incarnation) known_of_us = mark;
  }
  peer->heard = now;
  peer->has_entry = hello.has_entry;
  learn(hello.row, now, effects);
  // Who calls does not know yet who answers: he may have to say that our row has ended.
  if (!link.dialled.empty() && knows_the_lot(*peer)) peer->answered_start = true;
  effects.snapshot_changed = true;

  // Two connections can cross; both sides keep the one that the lesser name dialled.
  if (peer->link && peer->link != id && peer->incarnation == owner.incarnation) {
    const bool we_are_lesser = settings_.self.gate < owner.gate;
    if (peers_.link(*peer->link) != nullptr && link.dialled.empty() == we_are_lesser) {
      effects.closes.push_back(id);
      return;
    }
  }
  if (peer->link && peer->link != id) effects.closes.push_back(*peer->link);
  if (peer->incarnation != owner.incarnation || !peer->link) membership_changed_ = now;
  peer->incarnation = owner.incarnation;
  peer->link = id;
  peer->acked = peer->pushed = known_of_us.version;
  demand_.forget(owner.incarnation);
  ask_.reachable(owner.gate);
  // At once, so that a gate with an empty store does not show figures that lack old rows.
  effects.sends.push_back({id, what_is_held()});
}

void Exchange::refused(const Refusal& refusal, Instant now) {
  if (refusal.code == RefusalCode::gate_id_taken) identity_.doubted(now);
  if (refusal.code == RefusalCode::superseded) identity_.superseded();
  if (refusal.code == RefusalCode::retired && !has_bug(Bug::retired_row_goes_on)) retired_ = true;
  // Ledger rule 8: of an office that was retired another one has taken the lot over.
  if (retired_ && settings_.self.gate.is_office())
    identity_.end("a newer central service has taken this lot over");
  if (refusal.code == RefusalCode::already_connected) return;
  // Said again at each try; once is enough for the history.
  if (noted_refusals_.size() < max_noted_refusals && noted_refusals_.insert(refusal.text).second)
    journal_.note({.kind = "not_accepted", .text = refusal.text});
}

void Exchange::handle(Peer& peer, LinkId id, const Inquiry& inquiry, Instant now,
                      Effects& effects) {
  const Incarnation owner = inquiry.row.row.owner.incarnation;
  if (owner != peer.incarnation) {
    refuse(id, {RefusalCode::not_understood, "an inquiry carries the sender's own row"}, effects);
    return;
  }
  const RowMark before = ledger_.mark(owner);
  learn(inquiry.row, now, effects);
  demand_.heard(owner, inquiry.id, inquiry.wanted, inquiry.rank, now);
  peer.said_leaving = inquiry.leaving;
  if (inquiry.leaving) peer.has_entry = false;
  replies_.push_back({id, inquiry.id, {before, ledger_.mark(owner)}, 0});
}

void Exchange::handle(Peer& peer, LinkId, const Reply& reply, Instant now, Effects& effects) {
  identity_.heard(reply.ack.before, journal_);
  identity_.heard(reply.ack.now, journal_);
  if (reply.ack.now.incarnation == settings_.self.incarnation)
    peer.acked = std::max(peer.acked, reply.ack.now.version);
  peer.status = reply.status;
  if (has_bug(Bug::gift_by_value) && reply.id == ask_.id() &&
      ledger_.mark(peer.incarnation).version == reply.row.row.version &&
      reply.row.row.given.contains(settings_.self.incarnation))
    journal_.change().backed_out += 1;
  if (leaving_ && reply.id >= told_from_) peer.told_leaving = true;
  learn(reply.row, now, effects);
  ask_.answered(peer.gate, reply.id);
}

void Exchange::handle(Peer& peer, LinkId, const Pulse& pulse, Instant now, Effects&) {
  if (pulse.own.incarnation != peer.incarnation) return;
  const RowMark held = ledger_.mark(peer.incarnation);
  if (held == pulse.own)
    confirmed_[peer.incarnation] = now;
  else if (held.version == pulse.own.version)
    clash_ = peer.gate;
}

void Exchange::handle(Peer& peer, LinkId id, const Digest& digest, Instant now, Effects& effects) {
  std::map<Incarnation, RowMark> theirs;
  for (const RowMark& mark : digest.marks) {
    identity_.heard(mark, journal_);
    theirs.emplace(mark.incarnation, mark);
  }
  Rows page;
  for (const auto& [key, copy] : ledger_.rows()) {
    const bool own = key == settings_.self.incarnation;
    const Version version = own ? journal_.durable().version : copy.row.version;
    const auto known = theirs.find(key);
    // A card was copied, and one side has the other history: the copy at which the row was retired
    // settles it; the office's, or if a later office has none, any gate's.
    const bool settles = (settings_.self.gate.is_office() || peer.gate.is_office()) &&
                         ledger_.retired_at(key) == version && known != theirs.end() &&
                         known->second != ledger_.mark(key);
    const bool is_known = known != theirs.end() && known->second.version >= version;
    if (version == 0 || (is_known && !settles)) continue;
    const auto tells_itself = [&key = key](const auto& entry) {
      return entry.second.link && entry.second.incarnation == key;
    };
    if (has_bug(Bug::gifts_not_resent) && (own || std::ranges::any_of(peers_.all(), tells_itself)))
      continue;
    const auto confirmed = confirmed_.find(key);
    const Instant as_of = own ? now : confirmed == confirmed_.end() ? start_ : confirmed->second;
    page.rows.push_back({own ? RowCopy{journal_.durable(), {}} : copy, now - as_of});
    if (page.rows.size() == max_rows_per_message)
      effects.sends.push_back({id, std::exchange(page, Rows{})});
  }
  if (!page.rows.empty()) effects.sends.push_back({id, std::move(page)});
}

void Exchange::handle(Peer& peer, LinkId, const Rows& rows, Instant now, Effects& effects) {
  for (const AgedRow& row : rows.rows) {
    if (peer.gate.is_office() && ledger_.settle(row.copy)) {
      journal_.remember(row.copy);
      effects.snapshot_changed = true;
    }
    learn(row.copy, now - row.age, effects);
  }
}

void Exchange::learn(const RowCopy& copy, Instant confirmed, Effects& effects) {
  const Row& row = copy.row;
  if (row.version == 0) {
    // Nothing written yet is knowledge too: the figures that lack this row are up to date.
    if (ledger_.find(row.owner.incarnation) == nullptr)
      confirmed_[row.owner.incarnation] = confirmed;
    return;
  }
  if (row.owner.incarnation == settings_.self.incarnation) {
    if (has_bug(Bug::own_row_from_peer) && row.version > journal_.own().version)
      journal_.adopt(row);
    identity_.heard({row.owner.incarnation, row.version, row.tag}, journal_);
    return;
  }
  switch (ledger_.merge(copy)) {
    case Merge::newer:
      journal_.remember(copy);
      effects.snapshot_changed = true;
      office_spoke_ = office_spoke_ || row.office.has_value();
      [[fallthrough]];
    case Merge::same: {
      auto& known = confirmed_.emplace(row.owner.incarnation, confirmed).first->second;
      known = std::max(known, confirmed);
      break;
    }
    case Merge::clash:
      clash_ = row.owner.gate;
      two_histories_.insert(row.owner.incarnation);
      break;
    case Merge::frozen:
      // Nobody could ask this gate when the old office was retired: its copy is exact. So is the
      // last row of a retired gate that came back, whoever has heard it (ledger rule 10).
      if (settings_.self.gate.is_office() && (row.office || row.final_row) &&
          is_later(row, ledger_.find(row.owner.incarnation)))
        returned_.push_back(copy);
      break;
    case Merge::older:
    case Merge::no_room:
      break;
  }
}

void Exchange::refuse(LinkId id, Refusal refusal, Effects& effects) {
  effects.sends.push_back({id, std::move(refusal)});
  effects.closes.push_back(id);
}

}  // namespace parking::core
