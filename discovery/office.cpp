#include "discovery/office.hpp"

#include <algorithm>
#include <ranges>
#include <type_traits>

#include "app/core/lot_alarms.hpp"

namespace parking::discovery {

using core::Instant;

Office::Office(Settings settings, const core::Remembered& remembered, core::Random random,
               Instant start)
    : settings_(std::move(settings)),
      start_(start),
      exchange_(
          {.self = settings_.self, .has_entry = false, .quorum = core::Identity::Quorum::everybody},
          remembered, std::move(random), start) {
  if (!remembered.own || !remembered.own->office) return;
  const core::Count created = remembered.own->office->capacity;
  if (created != settings_.capacity)
    alarms_.raise("capacity_differs", {},
                  "the lot has " + std::to_string(created) + " spaces, the configuration says " +
                      std::to_string(settings_.capacity) +
                      "; the configuration counts only when the lot is created",
                  start);
}

core::Effects Office::step(const core::Input& input, Instant now) {
  core::Effects effects;
  std::visit(
      [&](const auto& what) {
        using What = std::decay_t<decltype(what)>;
        if constexpr (std::is_same_v<What, core::LinkUp>)
          exchange_.link_up(what.link, what.dialled, now, effects);
        else if constexpr (std::is_same_v<What, core::LinkDown>)
          exchange_.link_down(what.link, now);
        else if constexpr (std::is_same_v<What, core::Received>)
          exchange_.received(what.link, what.message, now, effects);
        else if constexpr (std::is_same_v<What, core::Persisted>)
          effects.peers_changed = exchange_.persisted(what.number);
        else if constexpr (std::is_same_v<What, core::PeersListed>)
          exchange_.listed(what.list, now, effects);
        else if constexpr (std::is_same_v<What, core::StoreFailed>) {
          disk_failed_ = true;
          alarms_.raise("disk", {}, what.text, now);
        } else if constexpr (std::is_same_v<What, core::StoreRecovered>) {
          disk_failed_ = false;
          alarms_.clear("disk");
        } else if constexpr (!std::is_same_v<What, core::Tick>)
          effects.refused = "the central service has no lanes; ask a gate";
      },
      input);
  exchange_.set_disk_failed(disk_failed_);
  exchange_.set_status(exchange_.may_spend() ? core::PeerStatus::in_service
                                             : core::PeerStatus::joining);
  create_lot_when_due(now);
  exchange_.serve({}, false, [](std::size_t) {}, now);
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
  other_lot_met_ = true;
  exchange_.set_may_give(false);
  alarms_.raise("other_lot", {},
                "a gate of lot " + to_string(other) +
                    " wants to register here; if this central Pi lost its store, no other lot "
                    "may be created: put the old store back; otherwise correct that gate's "
                    "[gate] discovery",
                now);
}

// Ledger rule 8: capacity is created once, by an office whose store is empty, and only when no gate
// knows of another office.
void Office::create_lot_when_due(Instant now) {
  if (!exchange_.lot().empty() || other_lot_met_ || disk_failed_) return;
  if (now < start_ + listen_before_creating) return;
  core::Row& row = exchange_.journal().change();
  row.office =
      core::OfficePart{.capacity = settings_.capacity, .capacity_wanted = settings_.capacity};
  exchange_.found_lot();
  exchange_.journal().note(
      {.kind = "lot_created",
       .text = settings_.lot_name + ", " + std::to_string(settings_.capacity) + " spaces"});
}

void Office::watch(Instant now) {
  core::watch_lot(exchange_, alarms_, now);
  std::string missing;
  for (const core::Peer& peer : exchange_.peers().all() | std::views::values)
    if (peer.listed && !peer.answered_start) missing += " " + peer.gate.text();
  const bool waits = !exchange_.may_spend() && exchange_.lot_ready() && !missing.empty();
  if (waits && now >= start_ + core::GateCore::joining_takes)
    alarms_.raise("joining", {},
                  "since its start the office has not heard from" + missing +
                      "; until then it hands out nothing; bring these gates back",
                  now);
  else
    alarms_.clear("joining");
}

Instant Office::next_wake(Instant now) const {
  const Instant wake = exchange_.next_wake(now);
  const Instant creation = start_ + listen_before_creating;
  // Past: what keeps the lot from being created is not over by waiting.
  return exchange_.lot().empty() && now < creation ? std::min(wake, creation) : wake;
}

core::Snapshot Office::snapshot(Instant now) const {
  core::Snapshot view = core::view_of(exchange_, now);
  view.lot.name = settings_.lot_name;
  view.gate.state = exchange_.may_spend() ? core::GateState::in_service : core::GateState::joining;
  if (disk_failed_ || exchange_.identity_ended())
    view.gate.state = core::GateState::admissions_stopped;
  view.alarms = alarms_.view(now);
  return view;
}

}  // namespace parking::discovery
