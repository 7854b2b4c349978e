// What an operator wants of this gate, and what the office wants of it.
#include <algorithm>
#include <utility>

#include "app/core/gate_core.hpp"

namespace parking::core {

void GateCore::on(const Settle& settle, Instant, Effects& effects) {
  const auto slot = std::ranges::find_if(lanes_, [&](const LaneSlot& candidate) {
    return candidate.lane.settings().name == settle.lane;
  });
  if (slot == lanes_.end()) {
    effects.refused = "there is no lane \"" + settle.lane + "\"; see: parkingctl status";
    return;
  }
  if (slot->held == 0) {
    effects.refused = "lane \"" + settle.lane + "\" has no held admission to settle";
    return;
  }
  Row& row = exchange_.journal().change();
  (settle.outcome == Settlement::entered ? row.entered : row.backed_out) += 1;
  if (--slot->held == 0) alarms_.clear("held", settle.lane);
  remember_held(*slot);
  note("settled", *slot,
       (settle.outcome == Settlement::entered ? "entered: " : "backed out: ") + settle.reason);
}

void GateCore::on(const AllowEntries& allow, Instant, Effects& effects) {
  entries_allowed_ = allow.allowed;
  exchange_.journal().note(
      {.kind = allow.allowed ? "entries_resumed" : "entries_held", .text = allow.reason});
  effects.snapshot_changed = true;
}

void GateCore::on(const TrustStore& trust, Instant, Effects& effects) {
  if (exchange_.identity_ended()) {
    effects.refused = "this store has ended for good; a new one starts by itself";
    return;
  }
  if (exchange_.identity_confirmed()) {
    effects.refused = "this store is confirmed already; nothing is to be done";
    return;
  }
  exchange_.trust_store();
  exchange_.journal().note({.kind = "store_trusted", .text = trust.reason});
  effects.snapshot_changed = true;
}

// Ledger rule 11. The office decides; here it is only passed on.
void GateCore::pass_on(RecountStep step, Count inside, const std::string& reason,
                       Effects& effects) {
  const RecountRequest request{next_request_++, step, inside, reason, exchange_.office_had_heard()};
  if (exchange_.tell_office(request, effects)) return;
  effects.refused =
      "the central service is not connected, and only it can recount; look at the network";
}

void GateCore::on(const RecountBegin& begin, Instant now, Effects& effects) {
  pass_on(RecountStep::begin, 0, begin.reason, effects);
  begun_here_ = now;
}

void GateCore::on(const RecountCount& count, Instant now, Effects& effects) {
  if (!exchange_.held(now)) {
    effects.refused = "entries are not held; first: parkingctl recount begin";
    return;
  }
  pass_on(RecountStep::count, count.inside, count.reason, effects);
}

void GateCore::on(const RecountCancel& cancel, Instant now, Effects& effects) {
  if (exchange_.held_for_two_lots(now)) {
    effects.refused =
        "entries are not held for a recount, but because a gate of another lot has asked the "
        "central service; at the central Pi: parkingctl alarms";
    return;
  }
  const bool on_its_way = now < begun_here_ + Exchange::alive_within;  // or refused by then
  if (!exchange_.held(now) && !on_its_way) {
    effects.refused = "no recount is under way";
    return;
  }
  pass_on(RecountStep::cancel, 0, cancel.reason, effects);
  // The office may have died; this gate alone can go on at once.
  if (!effects.refused || !exchange_.held(now)) return;
  effects.refused.reset();
  exchange_.release_hold();
  exchange_.journal().note({.kind = "recount_cancelled", .text = "at this gate: " + cancel.reason});
}

void GateCore::on(const Leave& leave, Instant, Effects& effects) {
  if (exchange_.journal().own().final_row || exchange_.leaving()) {
    effects.refused = "this gate is leaving or has left already; see: parkingctl status";
    return;
  }
  if (!exchange_.may_spend()) {
    effects.refused =
        "this gate is not in service, so it cannot hand over its permits; see: parkingctl alarms";
    return;
  }
  exchange_.begin_leaving();
  exchange_.journal().note({.kind = "leaving", .text = leave.reason});
  effects.snapshot_changed = true;
}

void GateCore::on(const RenewStore& renew, Instant, Effects&) {
  exchange_.end_identity("the operator wants a new one" +
                         (renew.reason.empty() ? std::string() : ": " + renew.reason));
}

void GateCore::follow_hold(Instant now, Effects& effects) {
  if (auto answer = exchange_.take_recount_answer()) {
    recount_answer_ = answer;
    if (answer->refused.empty()) {
      alarms_.clear("recount");
    } else {
      exchange_.journal().note({.kind = "recount_refused", .text = answer->refused});
      alarms_.raise("recount", {}, "the central service: " + answer->refused, now);
    }
    effects.snapshot_changed = true;
  }
  const bool two_lots = exchange_.held_for_two_lots(now);
  if (two_lots)
    alarms_.raise("two_lots", {},
                  "entries are held because a gate of another lot has asked the central service, "
                  "and two lots over the same spaces let cars in twice; what to do stands at the "
                  "central Pi: parkingctl alarms",
                  now);
  else
    alarms_.clear("two_lots");
  const bool held = exchange_.held(now);
  if (held_ == held) return;
  held_ = held;
  const bool ran_out = exchange_.hold_ran_out(now);
  if (held)
    exchange_.journal().note({.kind = "entries_held",
                              .text = two_lots
                                          ? "a gate of another lot has asked the central service"
                                          : "for the lot's recount"});
  else
    exchange_.journal().note(
        {.kind = "entries_resumed",
         .text = ran_out ? "the central service was not heard from" : "the hold is over"});
  // Whatever was refused before, nobody waits for it any more.
  alarms_.clear("recount");
  if (ran_out)
    alarms_.raise(
        "recount", {},
        "entries go on because the central service was not heard from for " +
            std::to_string(Order::hold_for.count() / 1000) +
            " s; if they were held for a recount: once it is back, begin the recount again",
        now);
  if (!held) exchange_.release_hold();
  effects.snapshot_changed = true;
}

// Ledger rule 10: the last thing that this row ever says.
void GateCore::stop_for_good_when_due(Instant now) {
  const bool ends = exchange_.leaving() || exchange_.retired();
  if (!ends || exchange_.journal().own().final_row || disk_failed_) return;
  if (!exchange_.may_become_final()) {
    if (exchange_.journal().own().pending() != 0)
      alarms_.raise("leaving", {},
                    "this gate cannot end while an admission is open: let the car pass, or settle "
                    "what is held",
                    now);
    return;
  }
  exchange_.journal().change().final_row = true;
  exchange_.journal().note({.kind = exchange_.retired() ? "retired" : "left_the_lot"});
  alarms_.clear("leaving");
}

// A final row is never written again; what still crosses here is for the history alone.
bool GateCore::count_after_the_end(LaneSlot& slot, LaneAction action, Instant now) {
  switch (action) {
    case LaneAction::left:
    case LaneAction::unadmitted:
      note(action == LaneAction::left ? "left_uncounted" : "unadmitted_uncounted", slot,
           "this gate is no part of the lot any more");
      alarm("uncounted", slot,
            "cars cross here that nobody counts: this gate is no part of the lot any more; shut "
            "its lanes, or start anew with: parkingctl store renew",
            now);
      return true;
    default:
      return false;
  }
}

}  // namespace parking::core
