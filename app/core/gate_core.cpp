#include "app/core/gate_core.hpp"

#include <algorithm>
#include <cassert>
#include <ranges>
#include <utility>

#include "app/core/lot_alarms.hpp"
#include "app/core/planted.hpp"

namespace parking::core {
namespace {

bool any_entry(const std::vector<LaneSettings>& lanes) {
  return std::ranges::any_of(
      lanes, [](const LaneSettings& lane) { return lane.direction != LaneDirection::exit; });
}

std::string settle_it(const std::string& lane) {
  return "; say what became of it: parkingctl settle " + lane + " entered|backed_out --reason TEXT";
}

}  // namespace

GateCore::GateCore(GateSettings settings, const Remembered& remembered, Random random,
                   Instant start)
    : exchange_({.self = settings.self, .has_entry = any_entry(settings.lanes)}, remembered,
                std::move(random), start) {
  for (LaneSettings& lane : settings.lanes) {
    // Ledger rule 2: what was pending when the program ended belongs to nobody's next car.
    const std::string name = lane.name;
    const auto held = remembered.held.find(name);
    const Count count = held == remembered.held.end() ? 0 : held->second;
    lanes_.push_back({.lane = Lane(std::move(lane)), .held = count, .starts_pending = count == 1});
    if (count > 0)
      alarm("held", lanes_.back(), "the program stopped while a car was let in" + settle_it(name),
            start);
  }
  adopt_orphans(remembered, start);
}

// A lane may have another name since the last run; what is pending there must stay visible.
void GateCore::adopt_orphans(const Remembered& remembered, Instant start) {
  if (lanes_.empty()) return;
  const auto entry = std::ranges::find_if(lanes_, [](const LaneSlot& slot) {
    return slot.lane.settings().direction != LaneDirection::exit;
  });
  LaneSlot& heir = entry == lanes_.end() ? lanes_.front() : *entry;
  for (const auto& [name, count] : remembered.held) {
    const bool known = std::ranges::any_of(
        lanes_, [&lane = name](const LaneSlot& slot) { return slot.lane.settings().name == lane; });
    if (known || count <= 0) continue;
    heir.held += count;
    heir.starts_pending = false;
    exchange_.journal().set_held(name, 0);
    remember_held(heir);
    alarm("held", heir,
          "a car was let in through lane \"" + name + "\", which is gone" +
              settle_it(heir.lane.settings().name),
          start);
  }
}

Effects GateCore::step(const Input& input, Instant now) {
  Effects effects;
  std::visit([&](const auto& what) { on(what, now, effects); }, input);
  follow_hold(now, effects);
  for (std::size_t i = 0; i < lanes_.size(); ++i) act(i, lanes_[i].lane.tick(now), now, effects);
  exchange_.set_admission_in_lane(
      std::ranges::any_of(lanes_, [](const LaneSlot& slot) { return slot.in_flight; }));
  stop_for_good_when_due(now);
  watch_sensors(now);
  decide(now, effects);
  const Count waiting = obstacle() == RefusalReason::none ? std::ssize(waits()) : 0;
  exchange_.ask_for(waiting, now, effects);
  tell_waiting(now, effects);
  exchange_.finish(waiting, now, effects);
  if (effects.record) {
    const Totals totals = exchange_.ledger().totals();
    for (Event& event : effects.record->events) {
      event.inside = totals.inside;
      event.free = totals.free;
    }
  }
  watch_start(now);
  watch_lot(exchange_, alarms_, now);
  return effects;
}

void GateCore::on(const LinkUp& up, Instant now, Effects& effects) {
  exchange_.link_up(up.link, up.dialled, now, effects);
}

void GateCore::on(const LinkDown& down, Instant now, Effects& effects) {
  exchange_.link_down(down.link, now);
  effects.snapshot_changed = true;
}

void GateCore::on(const Received& received, Instant now, Effects& effects) {
  exchange_.received(received.link, received.message, now, effects);
}

void GateCore::on(const Persisted& persisted, Instant now, Effects& effects) {
  for (const BarrierOutput& output : std::exchange(late_outputs_, {}))
    effects.outputs.push_back(output);
  if (exchange_.persisted(persisted.number)) effects.peers_changed = true;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    LaneSlot& slot = lanes_[i];
    if (slot.opens_after == 0 || slot.opens_after > persisted.number) continue;
    slot.opens_after = 0;
    act(i, slot.lane.admission_durable(now), now, effects);
  }
}

void GateCore::on(const StoreFailed& failed, Instant now, Effects& effects) {
  disk_failed_ = true;
  exchange_.set_disk_failed(true);
  alarms_.raise("disk", {}, failed.text, now);
  effects.snapshot_changed = true;
}

void GateCore::on(const StoreRecovered&, Instant, Effects& effects) {
  disk_failed_ = false;
  exchange_.set_disk_failed(false);
  alarms_.clear("disk");
  effects.snapshot_changed = true;
}

void GateCore::on(const PeersListed& listed, Instant now, Effects& effects) {
  if (exchange_.listed(listed.list, now, effects)) {
    alarms_.clear("other_lot");
    alarms_.clear("not_registered");
    return;
  }
  alarms_.raise("other_lot", {},
                "the discovery service at this address belongs to another lot (" +
                    to_string(listed.list.lot) +
                    "); if the central Pi has lost its store, put it back or take the lot over "
                    "there (parkingctl alarms on the central Pi says how); if this gate belongs "
                    "elsewhere, correct its [gate] discovery",
                now);
}

void GateCore::on(const RegistrationRefused& refused, Instant now, Effects& effects) {
  exchange_.refused(refused.refusal, now);
  alarms_.raise("not_registered", {}, refused.refusal.text, now);
  effects.snapshot_changed = true;
}

void GateCore::on(const SensorChanged& changed, Instant now, Effects& effects) {
  if (changed.lane >= lanes_.size()) return;
  LaneSlot& slot = lanes_[changed.lane];
  effects.snapshot_changed = true;
  if (changed.sensor == LaneInput::approach) {
    act(changed.lane, slot.lane.approach(changed.presence, now), now, effects);
    return;
  }
  const bool at_start = std::exchange(slot.starts_pending,
                                      slot.starts_pending && changed.presence == Presence::unknown);
  if (at_start && changed.presence == Presence::present && slot.held == 1 &&
      slot.lane.state() == LaneState::idle) {
    slot.held = 0;
    slot.in_flight = true;
    alarms_.clear("held", slot.lane.settings().name);
    slot.lane.resume_passing(now);
  }
  act(changed.lane, slot.lane.passage(changed.presence, now), now, effects);
}

void GateCore::on(const Tick&, Instant, Effects&) {}

void GateCore::on(const StoreReplaced& replaced, Instant now, Effects&) {
  exchange_.journal().note({.kind = "store_replaced", .text = replaced.text});
  alarms_.raise("store_replaced", {},
                "this gate began a new store, without permits: " + replaced.text +
                    "; where parkingctl status shows spaces out of reach, recount: parkingctl "
                    "recount begin; otherwise nothing is to be done",
                now);
}

void GateCore::act(std::size_t index, const Lane::Actions& actions, Instant now, Effects& effects) {
  const bool exit = lanes_[index].lane.settings().direction == LaneDirection::exit;
  for (const LaneAction action : actions) {
    effects.snapshot_changed = true;
    if (action == LaneAction::open_barrier && exit && has_bug(Bug::exit_waits_for_disk))
      late_outputs_.push_back({index, BarrierCommand::open});
    else if (action == LaneAction::open_barrier)
      effects.outputs.push_back({index, BarrierCommand::open});
    else if (action == LaneAction::close_barrier)
      effects.outputs.push_back({index, BarrierCommand::close});
    else
      count(lanes_[index], action, now);
    if (action == LaneAction::open_barrier && exit && has_bug(Bug::exit_counted_at_opening))
      exchange_.journal().change().left += 1;
  }
}

void GateCore::count(LaneSlot& slot, LaneAction action, Instant now) {
  const std::string& lane = slot.lane.settings().name;
  if (exchange_.journal().own().final_row && count_after_the_end(slot, action, now)) return;
  const auto settle_admission = [&](Count Row::*counter) {
    exchange_.journal().change().*counter += 1;
    slot.in_flight = false;
    slot.opens_after = 0;
    remember_held(slot);
  };
  switch (action) {
    case LaneAction::entered:
      settle_admission(&Row::entered);
      note("entered", slot, "");
      alarms_.clear("passage", lane);
      break;
    case LaneAction::backed_out:
      settle_admission(&Row::backed_out);
      note("backed_out", slot, "");
      break;
    case LaneAction::held:
      slot.in_flight = false;
      ++slot.held;
      note("held", slot, "whether the car passed cannot be decided from the sensors");
      alarm("held", slot, "a car was let in and it is unknown whether it passed" + settle_it(lane),
            now);
      break;
    case LaneAction::unadmitted:
      if (!has_bug(Bug::unadmitted_not_counted)) exchange_.journal().change().unadmitted += 1;
      note("unadmitted", slot, "a car passed without a permit");
      alarm("unadmitted", slot, "a car passed without being let in; it is counted", now);
      break;
    case LaneAction::left:
      if (!has_bug(Bug::exit_counted_at_opening)) exchange_.journal().change().left += 1;
      note("left", slot, "");
      alarms_.clear("passage", lane);
      break;
    case LaneAction::passage_out_of_order:
      note("passage_out_of_order", slot, "the passage sensor was covered first; nothing counted");
      alarm("passage", slot, "something crossed against the lane's direction; look at it", now);
      break;
    case LaneAction::passage_undecided:
      note("passage_undecided", slot, "whether a car passed cannot be decided; nothing counted");
      alarm("passage", slot, "a passage could not be decided; the count may be off by one", now);
      break;
    case LaneAction::merged:
      note("merged", slot, "one car with a trailer, or two very close ones");
      break;
    case LaneAction::open_barrier:
    case LaneAction::close_barrier:
      break;
  }
}

// Ledger rule 1. Tested here once more, whatever the policy above said.
void GateCore::admit(std::size_t index, Instant now) {
  assert(exchange_.permits() >= 1 || has_bug(Bug::permit_tested_in_policy_only));
  LaneSlot& slot = lanes_[index];
  exchange_.journal().change().admitted += 1;
  slot.in_flight = true;
  slot.opens_after = exchange_.journal().last_number() + 1;
  slot.refusal = RefusalReason::none;
  slot.lane.admit(now);
  remember_held(slot);
}

void GateCore::decide(Instant now, Effects& effects) {
  const bool may_admit = obstacle() == RefusalReason::none;
  exchange_.serve(
      waits(), may_admit, [&](std::size_t lane) { admit(lane, now); }, now);
  if (exchange_.journal().has_changes()) effects.snapshot_changed = true;
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    LaneSlot& slot = lanes_[i];
    if (has_bug(Bug::open_before_durable) && std::exchange(slot.opens_after, 0) != 0)
      act(i, slot.lane.admission_durable(now), now, effects);
    if (has_bug(Bug::held_promise_reused) && slot.held > 0 && slot.lane.waits()) {
      --slot.held;
      slot.in_flight = true;
      slot.lane.admit(now);
      act(i, slot.lane.admission_durable(now), now, effects);
    }
  }
}

void GateCore::tell_waiting(Instant now, Effects& effects) {
  const RefusalReason blocked = obstacle();
  for (LaneSlot& slot : lanes_) {
    RefusalReason reason = RefusalReason::none;
    if (slot.lane.waits()) {
      if (blocked != RefusalReason::none)
        reason = blocked;
      else if (exchange_.ask_settled(now))
        reason = exchange_.full_for_all_we_know(now) ? RefusalReason::lot_full
                                                     : RefusalReason::no_permit_reachable;
      else
        reason = slot.refusal;  // ask again quietly: the car was told before
    }
    if (reason == slot.refusal) continue;
    if (slot.refusal == RefusalReason::none) note("refused", slot, std::string(to_string(reason)));
    slot.refusal = reason;
    effects.snapshot_changed = true;
  }
}

RefusalReason GateCore::obstacle() const {
  if (exchange_.identity_ended()) return RefusalReason::identity;
  if (exchange_.retired() || exchange_.leaving()) return RefusalReason::identity;
  if (exchange_.journal().own().final_row) return RefusalReason::identity;
  if (disk_failed_) return RefusalReason::disk;
  if (!entries_allowed_ || held_) return RefusalReason::entries_held;
  if (!exchange_.may_spend()) return RefusalReason::joining;
  return RefusalReason::none;
}

std::vector<OwnWait> GateCore::waits() const {
  std::vector<OwnWait> waits;
  for (std::size_t i = 0; i < lanes_.size(); ++i)
    if (lanes_[i].lane.waits()) waits.push_back({i, lanes_[i].lane.waits_since()});
  std::ranges::stable_sort(waits, {}, &OwnWait::since);
  return waits;
}

void GateCore::remember_held(const LaneSlot& slot) {
  exchange_.journal().set_held(slot.lane.settings().name, slot.held + (slot.in_flight ? 1 : 0));
}

void GateCore::note(const std::string& kind, const LaneSlot& slot, const std::string& text) {
  exchange_.journal().note({.kind = kind, .lane = slot.lane.settings().name, .text = text});
}

void GateCore::alarm(const std::string& code, const LaneSlot& slot, const std::string& text,
                     Instant now) {
  alarms_.raise(code, slot.lane.settings().name, text, now);
}

Instant GateCore::next_wake(Instant now) const {
  Instant wake = exchange_.next_wake(now);
  for (const LaneSlot& slot : lanes_) wake = std::min(wake, slot.lane.next_wake());
  return wake;
}

}  // namespace parking::core
