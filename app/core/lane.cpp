#include "app/core/lane.hpp"

#include <algorithm>
#include <cassert>

#include "app/core/planted.hpp"

namespace parking::core {
namespace {

bool is_reading(Presence presence) {
  return presence == Presence::clear || presence == Presence::present;
}

}  // namespace

Lane::Actions Lane::approach(Presence presence, Instant now) {
  Actions actions;
  settle(now, actions);  // what fell due before this change, by the levels before it
  approach_ = presence;
  settle(now, actions);
  return actions;
}

Lane::Actions Lane::passage(Presence presence, Instant now) {
  Actions actions;
  settle(now, actions);  // what fell due before this change, by the levels before it
  const bool covered = presence == Presence::present && passage_ != Presence::present;
  const bool first_reading = passage_ == Presence::unknown;
  passage_ = presence;
  if (covered && phase_ == Phase::passing && merge_ends_ != Instant::max()) {
    merge_ends_ = Instant::max();
    actions.push_back(LaneAction::merged);
  } else if (covered && phase_ != Phase::passing) {
    begin_passing(now);
    // The program may have started under a car that is on its way out.
    if (first_reading && settings_.direction == LaneDirection::exit) open(now, actions);
  }
  settle(now, actions);
  return actions;
}

Lane::Actions Lane::tick(Instant now) {
  Actions actions;
  settle(now, actions);
  return actions;
}

void Lane::admit(Instant now) {
  assert(phase_ == Phase::waiting);
  phase_ = Phase::admitted;
  since_ = now;
  has_admission_ = true;
}

// Who drove in behind the car before, while the disk was slow, needs no barrier any more: it would
// let the next one in, and the two would count as one.
Lane::Actions Lane::admission_durable(Instant now) {
  Actions actions;
  const bool has_gone_by = phase_ == Phase::passing && merge_ends_ != Instant::max();
  if (!has_admission_ || opened_ || has_gone_by) return actions;
  open(now, actions);
  // The disk was slow and the car is between the sensors, or gone: the barrier stands open from now.
  if (window_ends_ != Instant::max()) window_ends_ = now + settings_.pass_window;
  return actions;
}

void Lane::resume_passing(Instant now) {
  begin_passing(now);
  passage_ = Presence::present;
  has_admission_ = resumed_ = true;
  out_of_order_ = lost_sight_ = false;
  approach_cleared_ = true;
}

bool Lane::sensor_fault() const {
  return approach_ == Presence::fault || passage_ == Presence::fault;
}

bool Lane::blind() const {
  return sensor_fault() || approach_ == Presence::unknown || passage_ == Presence::unknown;
}

LaneState Lane::state() const {
  if (phase_ == Phase::passing) return LaneState::passing;
  if (phase_ == Phase::admitted) return opened_ ? LaneState::open : LaneState::opening;
  if (sensor_fault()) return LaneState::fault;
  return phase_ == Phase::waiting ? LaneState::deciding : LaneState::idle;
}

Instant Lane::next_wake() const {
  return std::min({window_ends_, merge_ends_, repeats() ? repeats_ : Instant::max()});
}

// While a car stands there with its admission unused. An exit is not closed by a sensor that fails.
bool Lane::repeats() const {
  const bool exit = settings_.direction == LaneDirection::exit;
  return phase_ == Phase::admitted && opened_ &&
         (approach_ == Presence::present || (exit && approach_ != Presence::clear));
}

// Everything that follows from levels and time; called after each change of either.
void Lane::settle(Instant now, Actions& actions) {
  if (resumed_ ? !is_reading(passage_) : blind())
    lost_sight_ = true;
  else if (phase_ == Phase::admitted && approach_ == Presence::present)
    lost_sight_ = false;  // the car is in plain view again and has not reached the passage
  if (approach_ == Presence::clear) approach_cleared_ = true;

  if (phase_ == Phase::passing) {
    if (passage_ == Presence::clear && merge_ends_ == Instant::max())
      merge_ends_ = now + settings_.merge;
    if (now >= merge_ends_) {
      conclude(actions);
      become_idle(actions);
    }
  }
  if (phase_ == Phase::admitted) {
    if (approach_ != Presence::clear)
      window_ends_ = Instant::max();  // a car stands there: never cancel under it
    else if (window_ends_ == Instant::max())
      window_ends_ = now + settings_.pass_window;
    if (now >= window_ends_) {
      // Unseen, the car may as well have driven in.
      if (has_admission_)
        actions.push_back(lost_sight_ ? LaneAction::held : LaneAction::backed_out);
      become_idle(actions);
    }
  }
  if (repeats() && now >= repeats_) open(now, actions);
  if (phase_ == Phase::waiting && (approach_ != Presence::present || blind())) become_idle(actions);
  if (phase_ == Phase::idle) arrive(now, actions);
}

void Lane::arrive(Instant now, Actions& actions) {
  const bool entry = settings_.direction == LaneDirection::entry;
  const bool arrived = approach_ == Presence::present;
  if (entry && arrived && !blind()) {
    phase_ = Phase::waiting;
  } else if (!entry && (arrived || sensor_fault())) {
    phase_ = Phase::admitted;  // a car is always let out, and a blind lane may have one
    open(now, actions);
  } else {
    return;
  }
  since_ = now;
  approach_cleared_ = false;
  lost_sight_ = blind();
}

void Lane::begin_passing(Instant now) {
  out_of_order_ = phase_ == Phase::idle;
  if (phase_ != Phase::admitted) has_admission_ = false;
  phase_ = Phase::passing;
  since_ = now;
  window_ends_ = repeats_ = merge_ends_ = Instant::max();
}

// The passage has been clear for `merge`: what happened there?
void Lane::conclude(Actions& actions) {
  const bool entry = settings_.direction == LaneDirection::entry;
  const bool decidable = approach_cleared_ && !lost_sight_;
  if (out_of_order_)
    actions.push_back(LaneAction::passage_out_of_order);
  else if (has_admission_ && !decidable && has_bug(Bug::return_after_passage))
    actions.push_back(LaneAction::backed_out);
  else if (has_admission_)
    actions.push_back(decidable ? LaneAction::entered : LaneAction::held);
  else if (!decidable)
    actions.push_back(LaneAction::passage_undecided);
  else
    actions.push_back(entry ? LaneAction::unadmitted : LaneAction::left);
}

void Lane::become_idle(Actions& actions) {
  if (opened_) actions.push_back(LaneAction::close_barrier);
  phase_ = Phase::idle;
  has_admission_ = out_of_order_ = opened_ = resumed_ = false;
  lost_sight_ = blind();
  window_ends_ = merge_ends_ = repeats_ = Instant::max();
}

void Lane::open(Instant now, Actions& actions) {
  actions.push_back(LaneAction::open_barrier);
  opened_ = true;
  repeats_ = settings_.repeat > Duration{0} ? now + settings_.repeat : Instant::max();
}

}  // namespace parking::core
