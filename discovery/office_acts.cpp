// What the office does with the answer of every live gate.
#include <algorithm>
#include <ranges>

#include "app/core/closing.hpp"
#include "app/core/planted.hpp"
#include "discovery/office.hpp"

namespace parking::discovery {

using core::Count;
using core::Incarnation;
using core::Instant;

namespace {}  // namespace

std::string name_of(Act::Kind kind) {
  switch (kind) {
    case Act::Kind::retire:
      return "retirement";
    case Act::Kind::import:
      return "import";
    case Act::Kind::take_over:
      return "takeover";
    case Act::Kind::count:
      return "recount";
    case Act::Kind::close:
      return "closing of a gate that left";
  }
  return {};
}

std::string names(const core::Exchange& exchange, const std::set<Incarnation>& rows) {
  std::set<std::string> gates;
  for (const Incarnation row : rows) gates.insert(exchange.name_of(row));
  std::string text;
  for (const std::string& gate : gates) text += (text.empty() ? "" : ", ") + gate;
  return text;
}

void Office::work_on_act(Instant now, core::Effects& effects) {
  take_back_returned(now);
  hear_answers();
  freeze_replaced();
  begin_by_itself(now);
  if (act_ && round_ && round_is_complete() && may_complete()) complete(now);
  if (!act_ && !holding_ && !releasing_ && !has_met_another_lot()) {
    round_.reset();
    return;
  }
  if (core::Order order = wanted_order(); !round_ || !round_->asks_for(order)) {
    order.id = random_();
    round_.emplace(std::move(order), now);
  }
  round_->send(exchange_, asked(), last_heard_, now, effects);
  // Whoever is out of reach goes on by itself when its hold has run out.
  if (releasing_ && (round_is_complete() || now >= round_->began() + core::Order::hold_for))
    releasing_ = false;
}

// Until the recount is durable a crash takes it back, and cars must not be let in by it nor without
// it.
void Office::persisted(core::RecordNumber number, core::Effects& effects) {
  effects.peers_changed = exchange_.persisted(number);
  if (recount_record_ && number >= *recount_record_) release();
}

/// Everybody has answered what is asked for now, and no copy is missing here.
bool Office::round_is_complete() const {
  const std::set<Incarnation> live = asked();
  const bool counting = act_ && act_->kind == Act::Kind::count;
  if (counting && has_bug(core::Bug::recount_on_stale_view)) return true;
  if (has_bug(core::Bug::office_freezes_alone)) {
    if (act_ && act_->kind == Act::Kind::retire) return true;
    return round_->asks_for(wanted_order()) && round_->missing(live).empty();
  }
  return round_->asks_for(wanted_order()) && round_->missing(live).empty() &&
         !round_->lacks_copies(exchange_, live);
}

// Ledger rule 8: what settles permits waits until every live gate has told which version of the
// office's row it knows. A retirement or takeover settles none, and whoever it asked has told.
bool Office::may_complete() const {
  const bool settles = act_->kind != Act::Kind::retire && act_->kind != Act::Kind::take_over;
  if (settles) return exchange_.may_spend();
  return exchange_.lot_ready() && !disk_failed_ && !exchange_.identity_ended();
}

void Office::hear_answers() {
  for (const core::OrderDone& done : exchange_.take_answers()) {
    const Incarnation row = done.row.row.owner.incarnation;
    if (round_) round_->answered(done, exchange_);
    if (holding_) hear_of_hold(done);
    // What one gate does not accept any more, no other one may.
    for (const Incarnation frozen : done.frozen) exchange_.freeze(frozen);
    if (!act_ || act_->kind != Act::Kind::count || !round_ || done.id != round_->order().id)
      continue;
    act_->left.try_emplace(row, done.left_when_ordered);
    const auto epoch = act_->holds.epochs.find(row);
    if (epoch != act_->holds.epochs.end() && epoch->second == done.hold_epoch) continue;
    if (has_bug(core::Bug::hold_epoch_ignored)) continue;
    return fail_count("gate " + exchange_.name_of(row) +
                      " did not hold its entries all the while (it let cars in, or was started "
                      "again) since the number was given");
  }
}

// Ledger rule 10: a retired gate that comes back brings its row as final; and a gate that nobody
// knew of at the takeover may bring a later copy of the old office's row. Not while a recount is
// being written: what it pinned must not move.
void Office::take_back_returned(Instant now) {
  for (const core::RowCopy& copy : exchange_.take_returned()) {
    const Incarnation row = copy.row.owner.incarnation;
    const bool counting = act_ && act_->kind == Act::Kind::count;
    if (counting && !has_bug(core::Bug::freeze_raised_after_pin)) continue;
    if (exchange_.ledger().is_closed(row) && !has_bug(core::Bug::returned_after_closing)) continue;
    if (copy.row.version <= exchange_.ledger().mark(row).version) continue;
    if (exchange_.ledger().retired_at(row)) {
      part().retired[row] = copy.row.version;
      note("returned", copy.row.owner.gate.is_office()
                           ? "a gate knows more of the office before"
                           : "gate " + copy.row.owner.gate.text() + " has brought its last row");
    }
    exchange_.accept(copy, now);
  }
}

// Ledger rule 9: a gate that was welcomed with a newer store has none but that. The registry may
// not know: its list is lost with the store of the office before.
void Office::freeze_replaced() {
  const core::Ledger& ledger = exchange_.ledger();
  for (const auto& [row, copy] : ledger.rows()) {
    const core::Peer* peer = exchange_.peers().find(copy.row.owner.gate);
    if (peer == nullptr || !peer->link || peer->incarnation == row) continue;
    if (!ledger.is_frozen(row) && !ledger.is_final(row) && !ledger.is_closed(row))
      exchange_.freeze(row);
  }
}

void Office::begin_by_itself(Instant now) {
  if (act_ || !exchange_.lot_ready()) return;
  if (!taken_over()) {
    act_ = Act{.kind = Act::Kind::take_over, .reason = "begun before the restart", .since = now};
    return;
  }
  // Ledger rule 9: a superseded row is frozen by every gate without an operator; then all of them
  // rise to the same copy.
  std::set<Incarnation> superseded;
  for (const Incarnation row : exchange_.ledger().frozen())
    if (!exchange_.ledger().retired_at(row) && !exchange_.ledger().is_final(row))
      superseded.insert(row);
  if (!superseded.empty()) {
    act_ = Act{.kind = Act::Kind::retire,
               .reason =
                   "a newer store of the gate has taken over, or the gates had stopped "
                   "accepting this one",
               .since = now,
               .by_itself = true,
               .retiring = superseded};
    return;
  }
  std::set<Incarnation> final_rows;
  for (const auto& [row, copy] : exchange_.ledger().rows())
    if (copy.row.final_row && !exchange_.ledger().is_closed(row)) final_rows.insert(row);
  if (final_rows.empty()) return;
  for (const Incarnation row : final_rows) exchange_.freeze(row);
  act_ = Act{.kind = Act::Kind::close, .since = now, .by_itself = true, .closing = final_rows};
}

core::Order Office::wanted_order() const {
  const std::set<Incarnation> freeze = stopped_rows();
  return {.hold = holding_ || has_met_another_lot(),
          .pin = act_ && act_->kind == Act::Kind::count,
          .two_lots = has_met_another_lot(),
          .freeze = {freeze.begin(), freeze.end()}};
}

/// Rows that nobody will write again, or that the act makes such, and that are not closed.
std::set<Incarnation> Office::stopped_rows() const {
  const core::Ledger& ledger = exchange_.ledger();
  std::set<Incarnation> stopped;
  const auto add = [&](Incarnation row) {
    if (row != settings_.self.incarnation && !ledger.is_closed(row)) stopped.insert(row);
  };
  for (const Incarnation row : ledger.frozen()) add(row);
  for (const Incarnation row : ledger.mentioned())
    if (ledger.is_frozen(row) || ledger.is_final(row)) add(row);
  // Any other office has ended: this one was started in its place (ledger rule 8).
  if (exchange_.lot().value != settings_.self.incarnation.value)
    for (const Incarnation row : ledger.offices()) add(row);
  if (act_)
    for (const Incarnation row : act_->retiring) add(row);
  if (has_bug(core::Bug::final_row_missed))
    for (const Incarnation row : leavers_out_of_reach()) add(row);
  return stopped;
}

/// The live rows whose owners have to answer.
std::set<Incarnation> Office::asked() const {
  std::set<Incarnation> live = exchange_.live_rows();
  if (act_)
    for (const Incarnation row : act_->retiring) live.erase(row);
  if (has_bug(core::Bug::final_row_missed))
    for (const Incarnation row : leavers_out_of_reach()) live.erase(row);
  if (has_bug(core::Bug::takeover_without_all) && act_ && act_->kind == Act::Kind::take_over)
    std::erase_if(live, [this](Incarnation row) { return !connected(row); });
  return live;
}

bool Office::connected(Incarnation row) const {
  return std::ranges::any_of(
      exchange_.peers().all() | std::views::values,
      [row](const core::Peer& peer) { return peer.link && peer.incarnation == row; });
}

// For a planted bug: gates that had begun to leave.
std::set<Incarnation> Office::leavers_out_of_reach() const {
  std::set<Incarnation> rows;
  for (const core::Peer& peer : exchange_.peers().all() | std::views::values)
    if (!peer.link && peer.said_leaving) rows.insert(peer.incarnation);
  return rows;
}

bool Office::taken_over() const {
  if (exchange_.lot().value == settings_.self.incarnation.value) return true;
  const auto& own = exchange_.journal().own().office;
  return own && std::ranges::any_of(own->retired | std::views::keys, [this](Incarnation row) {
           return exchange_.ledger().is_office(row);
         });
}

void Office::complete(Instant now) {
  // Everybody has answered this very order, so nobody writes these rows or gives to them.
  core::OfficePart written = exchange_.journal().own().office.value_or(core::OfficePart{});
  for (const Incarnation row : act_->retiring)
    written.retired[row] = exchange_.ledger().mark(row).version;
  const Act::Kind kind = act_->kind;
  const std::string reason = act_->reason;
  switch (kind) {
    case Act::Kind::retire:
      note("retired", names(exchange_, act_->retiring) + ": " + reason);
      break;
    case Act::Kind::import:
      complete_import(written, now);
      return;
    case Act::Kind::take_over: {
      bool old_office_known = false;
      for (const Incarnation row : exchange_.ledger().offices()) {
        if (row == settings_.self.incarnation) continue;
        written.retired[row] = exchange_.ledger().mark(row).version;
        old_office_known = true;
      }
      if (!old_office_known) return;  // no gate has sent its row yet
      note("taken_over", reason);
      break;
    }
    case Act::Kind::count:
      complete_count(written);
      break;
    case Act::Kind::close:
      core::close_rows(exchange_.ledger(), act_->closing, written);
      note("closed", names(exchange_, act_->closing) + ": left the lot");
      break;
  }
  part() = std::move(written);
  exchange_.own_changed();
  act_.reset();
  round_.reset();
}

// Ledger rule 10: refused if any copy is higher or carries another tag than this store ever wrote.
std::string Office::copy_beyond_import() const {
  const core::Row& own = *act_->store->own;
  const auto& tags = act_->store->past_tags;
  const auto objection = [&](const core::RowMark& mark) -> std::string {
    if (mark.incarnation != own.owner.incarnation || mark.version == 0) return {};
    if (mark.version > own.version) return "a gate has a later copy: the store is an old image";
    // Tags of the oldest versions may have been dropped: the last one always is there.
    const auto age = own.version - mark.version;
    if (age < tags.size() && tags[tags.size() - 1 - age] != mark.tag)
      return "a gate has another history of it: the card was cloned or restored";
    return {};
  };
  std::string why = objection(exchange_.ledger().mark(own.owner.incarnation));
  for (const core::OrderDone& done : round_->answers() | std::views::values)
    for (const core::RowMark& mark : done.marks)
      if (why.empty()) why = objection(mark);
  for (const core::RowMark& mark : round_->lost())
    if (why.empty()) why = objection(mark);
  return why;
}

void Office::complete_import(core::OfficePart& written, Instant now) {
  const core::Row own = *act_->store->own;
  const Incarnation row = own.owner.incarnation;
  const std::string why =
      has_bug(core::Bug::old_image_imported) ? std::string() : copy_beyond_import();
  const std::string reason = act_->reason;
  act_.reset();
  round_.reset();
  if (!why.empty()) {
    note("import_refused", why);
    alarms_.raise("import_refused", {},
                  why +
                      "; no gate accepts this store any more: get its permits back by a recount "
                      "(parkingctl recount begin); to use the gate again: parkingctl store renew",
                  now);
    return;
  }
  alarms_.clear("import_refused");
  written.retired[row] = own.version;
  part() = written;
  exchange_.accept({own, {}}, now);
  core::close_rows(exchange_.ledger(), {row}, part());
  exchange_.own_changed();
  note("imported", own.owner.gate.text() + ": " + reason);
}

// Ledger rule 11, in one change of the row: the correction, and every stopped row closed.
void Office::complete_count(core::OfficePart& written) {
  const core::Ledger& ledger =
      has_bug(core::Bug::freeze_raised_after_pin) ? *act_->early_view : exchange_.ledger();
  std::map<Incarnation, core::Pinned> live;
  const std::set<Incarnation> all_live = asked();
  for (const auto& [row, done] : round_->answers())
    if (all_live.contains(row) && act_->left.contains(row))
      live[row] = {done.row.row, act_->left.at(row), act_->holds.unadmitted[row]};
  const std::set<Incarnation> closing = stopped_rows();
  const Count wrong = core::correction(ledger, live, closing, act_->counted);
  core::close_rows(ledger, closing, written);
  written.corrected += wrong;
  recount_record_ = exchange_.journal().last_number() + 1;
  note("recounted", std::to_string(act_->counted) + " cars counted, " +
                        std::to_string(act_->counted - wrong) + " were known; " +
                        std::to_string(closing.size()) + " row(s) closed: " + act_->reason);
}

void Office::watch_act(Instant now) {
  constexpr core::Duration patience{3000};
  if (!act_ || act_->by_itself || !round_ || now < act_->since + patience) {
    alarms_.clear("waits_for_gates");
    return;
  }
  std::string missing;
  for (const Incarnation row : round_->missing(asked()))
    missing += (missing.empty() ? "" : ", ") + exchange_.name_of(row);
  alarms_.raise("waits_for_gates", {},
                "the " + name_of(act_->kind) + " waits for " +
                    (missing.empty() ? std::string("copies of rows from the gates")
                                     : "gate " + missing +
                                           ": bring it back or let its lanes come to rest, or if "
                                           "it is off: parkingctl retire"),
                now);
}

}  // namespace parking::discovery
