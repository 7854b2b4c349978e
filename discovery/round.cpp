#include "discovery/round.hpp"

#include <algorithm>
#include <ranges>

namespace parking::discovery {

using core::Incarnation;
using core::Instant;

namespace {

std::optional<core::LinkId> link_of(const core::Exchange& exchange, Incarnation row) {
  for (const core::Peer& peer : exchange.peers().all() | std::views::values)
    if (peer.link && peer.incarnation == row) return peer.link;
  return std::nullopt;
}

}  // namespace

bool Round::asks_for(const core::Order& order) const {
  return order_.hold == order.hold && order_.pin == order.pin &&
         order_.two_lots == order.two_lots && order_.freeze == order.freeze;
}

void Round::answered(const core::OrderDone& done, const core::Exchange& exchange) {
  if (done.id != order_.id) return;
  const Incarnation row = done.row.row.owner.incarnation;
  answers_.insert_or_assign(row, done);
  answered_on_.insert_or_assign(row, link_of(exchange, row));
}

// Copies need not be durable (ledger rule 4), and of a copied card another machine may have
// answered: what an earlier connection promised may be nowhere any more.
void Round::ask_who_came_back(const core::Exchange& exchange, const std::set<Incarnation>& live) {
  std::erase_if(answers_, [&](const auto& answer) {
    const auto& [row, done] = answer;
    const std::optional<core::LinkId> link = link_of(exchange, row);
    if (!link || link == answered_on_.at(row) || !lacks_copies(exchange, live, done)) return false;
    lost_.insert(lost_.end(), done.marks.begin(), done.marks.end());
    return true;
  });
}

void Round::send(const core::Exchange& exchange, const std::set<Incarnation>& live,
                 std::uint64_t heard, Instant now, core::Effects& effects) {
  ask_who_came_back(exchange, live);
  order_.heard = heard;
  next_send_ = Instant::max();
  for (const core::Peer& peer : exchange.peers().all() | std::views::values) {
    if (!peer.link || !live.contains(peer.incarnation)) continue;
    const bool done = answers_.contains(peer.incarnation);
    if (done && !order_.hold) continue;
    const auto known = sent_.find(*peer.link);
    const Instant due =
        known == sent_.end() ? Instant::min() : known->second + (done ? renew_after : resend_after);
    if (now >= due) {
      effects.sends.push_back({*peer.link, order_});
      sent_[*peer.link] = now;
      next_send_ = std::min(next_send_, now + resend_after);
    } else {
      next_send_ = std::min(next_send_, due);
    }
  }
}

std::set<Incarnation> Round::missing(const std::set<Incarnation>& live) const {
  std::set<Incarnation> missing;
  for (const Incarnation row : live)
    if (!answers_.contains(row)) missing.insert(row);
  return missing;
}

bool Round::lacks_copies(const core::Exchange& exchange, const std::set<Incarnation>& live) const {
  return std::ranges::any_of(answers_ | std::views::values, [&](const core::OrderDone& done) {
    return lacks_copies(exchange, live, done);
  });
}

bool Round::lacks_copies(const core::Exchange& exchange, const std::set<Incarnation>& live,
                         const core::OrderDone& done) {
  return std::ranges::any_of(done.marks, [&](const core::RowMark& mark) {
    const bool own = mark.incarnation == exchange.self().incarnation;
    // What is beyond the version at which a row was retired is of a second history.
    const auto retired = exchange.ledger().retired_at(mark.incarnation);
    if (retired && mark.version > *retired) return false;
    return !own && !live.contains(mark.incarnation) &&
           !exchange.ledger().is_closed(mark.incarnation) &&
           !exchange.has_two_histories(mark.incarnation) &&
           exchange.ledger().mark(mark.incarnation).version < mark.version;
  });
}

}  // namespace parking::discovery
