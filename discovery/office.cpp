#include "discovery/office.hpp"

#include <algorithm>
#include <ranges>
#include <type_traits>

#include "app/core/closing.hpp"
#include "app/core/lot_alarms.hpp"
#include "app/core/planted.hpp"

namespace parking::discovery {

using core::Count;
using core::Instant;

Office::Office(Settings settings, const core::Remembered& remembered, core::Random random,
               Instant start)
    : settings_(std::move(settings)),
      start_(start),
      random_(random),
      exchange_(
          {.self = settings_.self, .has_entry = false, .quorum = core::Identity::Quorum::everybody},
          remembered, std::move(random), start) {
  exchange_.collect_frozen();
  last_heard_ = random_() >> 1U;  // what was heard before a restart counts no more
}

template <typename What>
void Office::on(const What& what, Instant now, core::Effects& effects) {
  std::string refused;
  if constexpr (std::is_same_v<What, core::LinkUp>)
    exchange_.link_up(what.link, what.dialled, now, effects);
  else if constexpr (std::is_same_v<What, core::LinkDown>)
    exchange_.link_down(what.link, now);
  else if constexpr (std::is_same_v<What, core::Received>)
    exchange_.received(what.link, what.message, now, effects);
  else if constexpr (std::is_same_v<What, core::Persisted>)
    persisted(what.number, effects);
  else if constexpr (std::is_same_v<What, core::PeersListed>)
    exchange_.listed(what.list, now, effects);
  else if constexpr (std::is_same_v<What, core::StoreFailed>) {
    disk_failed_ = true;
    alarms_.raise("disk", {}, what.text, now);
    // Nobody waits for a disk: entries go on with what was counted before.
    if (recount_record_) release();
  } else if constexpr (std::is_same_v<What, core::StoreRecovered>) {
    disk_failed_ = false;
    alarms_.clear("disk");
  } else if constexpr (std::is_same_v<What, core::SetCapacity>)
    refused = set_capacity(what);
  else if constexpr (std::is_same_v<What, core::RecountBegin>)
    refused = begin_recount(what, now);
  else if constexpr (std::is_same_v<What, core::RecountCount>)
    refused = count(what, last_heard_, now);
  else if constexpr (std::is_same_v<What, core::RecountCancel>)
    refused = cancel(what);
  else if constexpr (std::is_same_v<What, core::Retire>)
    refused = retire(what, now);
  else if constexpr (std::is_same_v<What, core::ImportStore>)
    refused = import(what, now);
  else if constexpr (std::is_same_v<What, core::TakeOver>)
    refused = take_over(what, now);
  else if constexpr (std::is_same_v<What, core::DismissLot>)
    refused = dismiss(what);
  else if constexpr (!std::is_same_v<What, core::Tick>)
    refused = "the central service has no lanes; ask a gate";
  if (!refused.empty()) effects.refused = refused;
}

core::Effects Office::step(const core::Input& input, Instant now) {
  core::Effects effects;
  std::visit([&](const auto& what) { on(what, now, effects); }, input);
  exchange_.set_disk_failed(disk_failed_);
  exchange_.set_status(exchange_.may_spend() ? core::PeerStatus::in_service
                                             : core::PeerStatus::joining);
  exchange_.set_may_give(other_lot_.empty() && (exchange_.lot().empty() || taken_over()));
  answer_gates(now, effects);
  create_lot_when_due(now);
  work_on_act(now, effects);
  if (has_bug(core::Bug::reclaim_by_timeout)) reclaim_gone(now);
  cut_capacity();
  exchange_.serve(
      {}, false, [](std::size_t) {}, now);
  exchange_.finish(0, now, effects);
  if (effects.record) {
    const core::Totals totals = exchange_.ledger().totals();
    for (core::Event& event : effects.record->events) {
      event.inside = totals.inside;
      event.free = totals.free;
    }
  }
  watch(now);
  effects.snapshot_changed = true;
  return effects;
}

void Office::meet_other_lot(core::LotId other, Instant now) {
  if (dismissed_lots_.contains(other)) return;
  if (met_lots_.size() >= core::max_gates) met_lots_.clear();
  met_lots_.insert(other);
  if (other_lot_.empty() && !exchange_.lot().empty())
    note("entries_held",
         "a gate of lot " + to_string(other) + " asked here; see: parkingctl alarms");
  other_lot_ = other;
  exchange_.set_may_give(false);
  watch_other_lot(now);
}

// Whoever decides has to name the lot: another one may have come since he read this.
void Office::watch_other_lot(Instant now) {
  if (other_lot_.empty()) return;
  const std::string other = to_string(other_lot_);
  const std::string dismissal =
      "If the gate belongs elsewhere: correct its [gate] discovery, then "
      "parkingctl office dismiss " +
      other + " --reason TEXT";
  alarms_.raise(
      "other_lot", {},
      exchange_.lot().empty()
          ? "a gate of lot " + other +
                " wants to register here, so this central Pi has lost its store: put the old store "
                "back, or take the lot over: parkingctl office takeover. " +
                dismissal
          : "a gate of lot " + other +
                " wants to register here, and two lots over the same spaces let cars in twice: "
                "entries are held. " +
                dismissal +
                ". If this central Pi's lot is the wrong one: stop it, move its ledger.db away, "
                "start it, parkingctl office takeover",
      now);
}

// Ledger rule 8: capacity is created once, by an office whose store is empty, and only when no gate
// knows of another office.
void Office::create_lot_when_due(Instant now) {
  if (!exchange_.lot().empty() || !other_lot_.empty() || disk_failed_) return;
  if (now < start_ + listen_before_creating) return;
  part() = {.capacity = settings_.capacity, .capacity_wanted = settings_.capacity};
  exchange_.found_lot();
  note("lot_created", settings_.lot_name + ", " + std::to_string(settings_.capacity) + " spaces");
}

// Ledger rule 7: only permits that the office holds now can be taken out of the lot, and debt is
// paid before.
void Office::cut_capacity() {
  exchange_.set_cut(0);
  if (!exchange_.may_spend() || !exchange_.journal().own().office) return;
  const core::Totals totals = exchange_.ledger().totals();
  const Count missing = totals.capacity - totals.capacity_wanted;
  if (missing <= 0) return;
  const Count usable = exchange_.permits() - exchange_.stated_debt();
  const Count now =
      has_bug(core::Bug::cut_beyond_own_permits) ? missing : std::clamp<Count>(usable, 0, missing);
  if (now > 0) {
    part().capacity -= now;
    exchange_.own_changed();
    if (now == missing) note("capacity_reached", std::to_string(totals.capacity_wanted));
  }
  exchange_.set_cut(missing - now);
}

void Office::watch(Instant now) {
  core::watch_lot(exchange_, alarms_, now);
  watch_other_lot(now);  // says more than that a gate of another lot wanted to talk
  std::string missing;
  for (const core::Peer& peer : exchange_.peers().all() | std::views::values)
    if (peer.listed && !peer.answered_start) missing += " " + peer.gate.text();
  const bool waits = !exchange_.may_spend() && exchange_.lot_ready() && !missing.empty();
  if (waits && now >= start_ + core::GateCore::joining_takes)
    alarms_.raise("joining", {},
                  "since its start the office has not heard from" + missing +
                      "; until then it hands out nothing; bring these gates back, or retire them",
                  now);
  else
    alarms_.clear("joining");
  watch_capacity(now);
  watch_act(now);
  watch_hold(now);
  watch_store(now);
}

// Ledger rule 9. Permits that this store has given out are with the gates; it knows less than they.
void Office::watch_store(Instant now) {
  if (!exchange_.identity_ended()) return;
  alarms_.raise(
      "store_ended", {},
      "this central Pi's store is not the last one of the lot (put back from a backup, or "
      "copied): the gates go on without it. If the newest one still exists, put it back; "
      "otherwise stop this service, move its ledger.db and what is named like it away, "
      "start it, then parkingctl office takeover",
      now);
}

void Office::watch_capacity(Instant now) {
  const Count wanted = exchange_.ledger().totals().capacity_wanted;
  if (exchange_.lot().empty() || !taken_over() || wanted == settings_.capacity) {
    alarms_.clear("capacity_differs");
    return;
  }
  alarms_.raise("capacity_differs", {},
                "the lot has " + std::to_string(wanted) + " spaces, the configuration says " +
                    std::to_string(settings_.capacity) +
                    "; the configuration counts only when the lot is created: change the lot with "
                    "parkingctl capacity, or correct the file",
                now);
}

Instant Office::next_wake(Instant now) const {
  Instant wake = exchange_.next_wake(now);
  if (round_) wake = std::min(wake, round_->next_wake());
  const Instant creation = start_ + listen_before_creating;
  // Past: what keeps the lot from being created is not over by waiting.
  return exchange_.lot().empty() && now < creation ? std::min(wake, creation) : wake;
}

core::FlatMap<core::Incarnation, core::Version> Office::retired() const {
  const auto& part = exchange_.journal().durable().office;
  return part ? part->retired : core::FlatMap<core::Incarnation, core::Version>{};
}

core::Snapshot Office::snapshot(Instant now) const {
  core::Snapshot view = core::view_of(exchange_, now);
  view.lot.name = settings_.lot_name;
  view.lot.held = holding_ || has_met_another_lot();
  view.lot.two_lots = has_met_another_lot();
  view.gate.state = exchange_.may_spend() ? core::GateState::in_service : core::GateState::joining;
  if (view.lot.held) view.gate.state = core::GateState::entries_held;
  if (disk_failed_ || exchange_.identity_ended())
    view.gate.state = core::GateState::admissions_stopped;
  view.alarms = alarms_.view(now);
  return view;
}

// Never: a planted bug.
void Office::reclaim_gone(Instant now) {
  if (!exchange_.may_spend()) return;
  for (const core::Peer& peer : exchange_.peers().all() | std::views::values) {
    const bool live = exchange_.live_rows().contains(peer.incarnation);
    if (live && exchange_.state_of(peer, now) == core::LinkState::gone)
      core::close_rows(exchange_.ledger(), {peer.incarnation}, part());
    exchange_.own_changed();
  }
}

core::OfficePart& Office::part() {
  auto& part = exchange_.journal().change().office;
  if (!part) part.emplace();
  return *part;
}

void Office::note(const std::string& kind, const std::string& text) {
  exchange_.journal().note({.kind = kind, .text = text});
}

}  // namespace parking::discovery
