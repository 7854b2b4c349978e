// What an operator wants of the office: each command is accepted, or refused in words.
#include <algorithm>
#include <ranges>

#include "app/core/planted.hpp"
#include "discovery/office.hpp"

namespace parking::discovery {

using core::Count;
using core::Incarnation;
using core::Instant;

namespace {

/// No car park has more spaces; a slip of the finger should not make a lot of it.
constexpr Count largest_capacity = 100'000;

}  // namespace

// What stands in the way of everything that the office writes.
std::string Office::obstacle() const {
  if (exchange_.identity_ended()) return "this store has ended for good; see: parkingctl alarms";
  if (disk_failed_) return "the disk does not take what is written; see: parkingctl alarms";
  if (!exchange_.lot_ready()) return "there is no lot yet; see: parkingctl alarms";
  if (!exchange_.may_spend()) {
    std::string missing;
    for (const core::Peer& peer : exchange_.peers().all() | std::views::values)
      if (peer.listed && !peer.answered_start) missing += " " + peer.gate.text();
    return "since its start the office has not heard from" + missing +
           "; bring these gates back, or retire them";
  }
  if (!taken_over())
    return "the takeover is not done, so this office may not know the whole lot yet; see: "
           "parkingctl alarms";
  return {};
}

// Ledger rule 7: raised at once; lowered by and by.
std::string Office::set_capacity(const core::SetCapacity& command) {
  if (command.capacity < 0 || command.capacity > largest_capacity)
    return "a lot has 0 to " + std::to_string(largest_capacity) + " spaces";
  if (std::string why = obstacle(); !why.empty()) return why;
  const core::Totals totals = exchange_.ledger().totals();
  core::OfficePart& own = part();
  own.capacity_wanted += command.capacity - totals.capacity_wanted;
  own.capacity += std::max<Count>(0, command.capacity - totals.capacity);
  exchange_.own_changed();
  note("capacity", "from " + std::to_string(totals.capacity) + " to " +
                       std::to_string(command.capacity) + ": " + command.reason);
  return {};
}

/// Rows of that gate which no office has retired yet, those included whose retirement a restart of
/// this office interrupted.
std::set<Incarnation> Office::rows_of(const core::GateId& gate) const {
  const core::Ledger& ledger = exchange_.ledger();
  std::set<Incarnation> rows = exchange_.live_rows();
  rows.insert(ledger.frozen().begin(), ledger.frozen().end());
  std::erase_if(rows, [&](Incarnation row) {
    return ledger.is_closed(row) || ledger.is_office(row) || ledger.retired_at(row) ||
           exchange_.name_of(row) != gate.text();
  });
  return rows;
}

// Ledger rule 10. Joined to an act that waits for these very gates, so that it can go on; but not
// to a recount: before these gates were switched off they may have let in cars that its number
// lacks.
std::string Office::retire(const core::Retire& command, Instant now) {
  if (!exchange_.lot_ready()) return "there is no lot yet; see: parkingctl alarms";
  if (command.gates.empty()) return "name the gates to retire";
  std::set<Incarnation> rows;
  for (const core::GateId& gate : command.gates) {
    const std::set<Incarnation> own = rows_of(gate);
    if (own.empty()) return "no gate \"" + gate.text() + "\" is in the lot; see: parkingctl peers";
    const core::Peer* peer = exchange_.peers().find(gate);
    if (peer != nullptr && peer->link)
      return "gate \"" + gate.text() +
             "\" is running; switch it off first, or let it leave: "
             "parkingctl leave, at the gate";
    const bool has_called = peer != nullptr && peer->answered_start;
    if (!has_called && now < start_ + gates_come_within)
      return "the central service has just been started and does not know yet which gates run; "
             "again in some seconds";
    rows.insert(own.begin(), own.end());
  }
  if (act_ && act_->kind == Act::Kind::count) fail_count("a gate is retired that had to answer");
  if (!act_ || act_->by_itself)
    act_ = Act{.kind = Act::Kind::retire, .reason = command.reason, .since = now};
  act_->retiring.insert(rows.begin(), rows.end());
  for (const Incarnation row : rows) exchange_.freeze(row);
  note("retiring", names(exchange_, rows) + ": " + command.reason);
  return {};
}

std::string Office::import(const core::ImportStore& command, Instant now) {
  if (std::string why = obstacle(); !why.empty()) return why;
  const auto& own = command.store.own;
  if (!own) return "this store has written nothing; there is nothing to import";
  if (command.store.lot != exchange_.lot()) return "this store belongs to another lot";
  const Incarnation row = own->owner.incarnation;
  if (own->owner.gate.is_office()) return "this is an office's store; only a gate's is imported";
  if (exchange_.ledger().is_closed(row)) return "the permits of this store are settled already";
  // Before anything is frozen: whoever took the wrong file has changed nothing by it.
  if (exchange_.ledger().mark(row).version > own->version &&
      !has_bug(core::Bug::old_image_imported))
    return "this is an old image of the store: the central service has a later copy of its row; "
           "nothing was changed. Import the last state of it, or retire the gate and recount";
  const core::Peer* peer = exchange_.peers().find(own->owner.gate);
  if (peer != nullptr && peer->link && peer->incarnation == row)
    return "gate \"" + own->owner.gate.text() +
           "\" is running with this store; switch it off first";
  if (act_ && !act_->by_itself)
    return "the " + name_of(act_->kind) + " before is not done; see: parkingctl alarms";
  act_ = Act{.kind = Act::Kind::import, .reason = command.reason, .since = now};
  act_->store = command.store;
  act_->retiring.insert(row);
  exchange_.freeze(row);
  return {};
}

// Ledger rule 8: the lot of the office before is adopted; its capacity stays in the sum, this
// office starts at 0.
std::string Office::take_over(const core::TakeOver& command, Instant now) {
  if (!exchange_.lot().empty())
    return exchange_.lot().value == settings_.self.incarnation.value
               ? "this office has created its own lot; to give it up: stop it, move its ledger.db "
                 "away, start it, and take over then"
               : "this office has taken over already";
  if (other_lot_.empty())
    return "no gate that knows an older lot has asked to register; there is nothing to take over";
  part() = {};
  if (has_bug(core::Bug::capacity_created_twice))
    part() = {.capacity = settings_.capacity, .capacity_wanted = settings_.capacity};
  exchange_.adopt_lot(other_lot_);
  note("taking_over", "lot " + to_string(other_lot_) + ": " + command.reason);
  met_lots_.erase(other_lot_);
  other_lot_ = {};
  alarms_.clear("other_lot");
  act_ = Act{.kind = Act::Kind::take_over, .reason = command.reason, .since = now};
  return {};
}

// A command of its own, and never a part of another one: whoever gives up a recount that this
// office has forgotten with its store must not create a second lot by it.
std::string Office::dismiss(const core::DismissLot& command) {
  if (!met_lots_.contains(command.lot))
    return "no gate of lot " + to_string(command.lot) +
           " has wanted to register; see: parkingctl alarms";
  dismissed_lots_.insert(command.lot);
  met_lots_.erase(command.lot);
  note("lot_dismissed", "lot " + to_string(command.lot) + ": " + command.reason);
  if (other_lot_ != command.lot) return {};
  other_lot_ = met_lots_.empty() ? core::LotId{} : *met_lots_.begin();
  alarms_.clear("other_lot");
  if (!other_lot_.empty()) return {};
  if (!holding_) releasing_ = true;
  round_.reset();
  return {};
}

void Office::answer_gates(Instant now, core::Effects& effects) {
  for (auto& [link, answer] : std::exchange(late_answers_, {}))
    effects.sends.push_back({link, std::move(answer)});
  for (const auto& [link, request] : exchange_.take_requests()) {
    std::string refused;
    switch (request.step) {
      case core::RecountStep::begin:
        refused = begin_recount({request.reason}, now);
        break;
      case core::RecountStep::count:
        refused =
            count({request.inside, request.reason},
                  has_bug(core::Bug::number_by_latest_word) ? last_heard_ : request.heard, now);
        if (refused.empty()) act_->asked_by = {link, request.id};
        break;
      case core::RecountStep::cancel:
        refused = cancel({request.reason});
        break;
    }
    effects.sends.push_back({link, core::RecountAnswer{request.id, refused}});
  }
}

}  // namespace parking::discovery
