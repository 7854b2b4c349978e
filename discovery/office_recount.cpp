// The recount as the operator sees it: begun, counted, given up; and what is in its way.
#include <algorithm>
#include <ranges>

#include "app/core/planted.hpp"
#include "discovery/office.hpp"

namespace parking::discovery {

using core::Count;
using core::Incarnation;
using core::Instant;

namespace {

/// Of what was heard of a hold; a number that is based on something older is refused.
constexpr std::size_t most_kept = 256;

/// So long a gate may take to let its lanes come to rest before anybody is told.
constexpr core::Duration patience{3000};

}  // namespace

std::string Office::begin_recount(const core::RecountBegin& command, Instant now) {
  if (!exchange_.lot_ready()) return "there is no lot yet; see: parkingctl alarms";
  if (recount_record_) return "the recount before is being written; try again";
  if (std::exchange(holding_, true)) return {};
  releasing_ = false;
  held_since_ = now;
  holds_.clear();
  holds_.emplace(++last_heard_, Holds{});
  round_.reset();
  note("recount_begun", command.reason);
  return {};
}

// Ledger rule 11: the number counts from here on. A gate that does not hold its entries now may let
// a car in that the number does not have.
std::string Office::count(const core::RecountCount& command, std::uint64_t heard, Instant now) {
  if (command.inside < 0) return "a lot has 0 cars or more";
  if (std::string why = obstacle(); !why.empty()) return why;
  if (!holding_) return "entries are not held; first: parkingctl recount begin";
  if (act_ && !act_->by_itself)
    return "the " + name_of(act_->kind) + " before is not done; see: parkingctl alarms";
  if (recount_record_) return "the recount before is being written; try again";
  const auto known = holds_.find(heard);
  if (known == holds_.end()) return "entries were let go on since; count again";
  std::set<Incarnation> open;
  for (const Incarnation row : exchange_.live_rows()) {
    const auto epoch = known->second.epochs.find(row);
    if (epoch == known->second.epochs.end() || epoch->second == 0) open.insert(row);
  }
  if (!open.empty() && !has_bug(core::Bug::hold_epoch_ignored) &&
      !has_bug(core::Bug::recount_on_stale_view) && !has_bug(core::Bug::final_row_missed))
    return why_not_held(open);
  act_ = Act{.kind = Act::Kind::count, .reason = command.reason, .since = now};
  act_->counted = command.inside;
  act_->holds = known->second;
  if (has_bug(core::Bug::freeze_raised_after_pin)) act_->early_view = exchange_.ledger();
  round_.reset();
  return {};
}

void Office::fail_count(const std::string& why) {
  const std::string text = why + "; count again";
  note("recount_failed", text);
  if (act_->asked_by)
    late_answers_.emplace_back(act_->asked_by->first,
                               core::RecountAnswer{act_->asked_by->second, text});
  act_.reset();
}

std::string Office::cancel(const core::RecountCancel& command) {
  const bool counting = act_ && act_->kind == Act::Kind::count;
  if (!holding_ && !counting)
    return other_lot_.empty()
               ? "no recount is under way"
               : "no recount is under way; the central service waits for the operator because of "
                 "gates of another lot: see parkingctl alarms";
  if (recount_record_) return "the number is being written; entries go on at once";
  if (counting) act_.reset();
  release();
  round_.reset();
  note("recount_cancelled", command.reason);
  return {};
}

void Office::release() {
  recount_record_.reset();
  holding_ = false;
  releasing_ = true;
}

// A number given at a gate is on its way for a while: what had been heard when it was given is what
// it is held against.
void Office::hear_of_hold(const core::OrderDone& done) {
  Holds holds = holds_.at(last_heard_);
  const Incarnation row = done.row.row.owner.incarnation;
  holds.epochs[row] = done.hold_epoch;
  holds.unadmitted[row] = done.row.row.unadmitted;
  if (holds == holds_.at(last_heard_)) return;
  holds_.emplace(++last_heard_, std::move(holds));
  if (holds_.size() > most_kept) holds_.erase(holds_.begin());
}

/// Which gates have not said that they hold, and what to do about them.
std::string Office::why_not_held(const std::set<Incarnation>& open) const {
  std::string here;
  std::string away;
  for (const Incarnation row : open) (connected(row) ? here : away) += " " + exchange_.name_of(row);
  if (away.empty())
    return "these gates have not said yet that they hold their entries:" + here +
           "; let their lanes come to rest and try again";
  return "these gates are out of reach and may be letting cars in:" + away +
         "; bring them back, or if their machines are off and their lanes are shut: parkingctl "
         "retire" +
         away + " --stopped --reason TEXT";
}

// A number that is given while a gate lets cars in is refused, and whoever counted has walked
// through the car park for nothing: so he is told before.
void Office::watch_hold(Instant now) {
  std::set<Incarnation> open;
  std::string pending;
  const bool early = now < held_since_ + patience;
  if (holding_) {
    const std::map<Incarnation, std::uint64_t>& epochs = holds_.at(last_heard_).epochs;
    for (const Incarnation row : exchange_.live_rows()) {
      const auto epoch = epochs.find(row);
      const bool holds = epoch != epochs.end() && epoch->second != 0;
      const core::RowCopy* copy = exchange_.ledger().find(row);
      if (!holds || !connected(row)) {
        if (!early) open.insert(row);
      } else if (copy != nullptr && copy->row.pending() != 0) {
        pending += " " + exchange_.name_of(row);
      }
    }
  }
  if (open.empty())
    alarms_.clear("not_held");
  else
    alarms_.raise("not_held", {}, "do not count yet: " + why_not_held(open), now);
  if (pending.empty())
    alarms_.clear("settle_first");
  else
    alarms_.raise("settle_first", {},
                  "admissions are held at" + pending +
                      "; settle them there before the number is given (parkingctl settle), or "
                      "these cars may be counted twice",
                  now);
}

}  // namespace parking::discovery
