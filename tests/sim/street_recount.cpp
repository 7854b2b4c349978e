// What an operator counts, and what a recount settles of what was listed.
#include <algorithm>
#include <utility>

#include "tests/sim/simulation.hpp"
#include "tests/sim/street.hpp"

namespace parking::sim {
namespace {

core::Count in_row(const Lane& lane) {
  const RowChange& c = lane.episode.counted;
  return lane.entry ? c.entered + c.unadmitted : c.left;
}

core::Count pending(const Lane& lane) {
  const RowChange& c = lane.episode.counted;
  return c.admitted - c.entered - c.backed_out;
}

}  // namespace

// Who is in an exit lane and not counted as gone is inside, and so is who was let in and is on his
// way.
core::Count Street::in_lanes() const {
  core::Count cars = 0;
  for (const Lane& lane : lanes_) {
    const Machine& machine = sim_.machine(lane.machine);
    if (!lane.episode.open || !machine.gate) continue;
    if (lane.entry)
      cars += was_let_in(lane, machine.gate->lane(lane.number).state()) ? 1 : 0;
    else
      cars += std::max<core::Count>(0, lane.episode.crossed - in_row(lane));
  }
  return cars;
}

// A car in the lane for which a permit was spent; while the one before is still being counted, the
// next one has none.
bool Street::was_let_in(const Lane& lane, core::LaneState state) const {
  if (state == core::LaneState::opening || state == core::LaneState::open)
    return lane.head != nobody || lane.under != nobody;
  return state == core::LaneState::passing && lane.under != nobody && !cars_[lane.under].follows &&
         pending(lane) > 0;
}

// Cars that came in without being let in, and that no row has yet.
core::Count Street::uncounted_followers() const {
  core::Count cars = 0;
  for (const Lane& lane : lanes_)
    if (lane.entry && lane.episode.open)
      cars += std::max<core::Count>(0, lane.episode.crossed - in_row(lane) - pending(lane));
  return cars;
}

core::Count Street::excuses_in_progress() const {
  core::Count excuses = 0;
  for (const Lane& lane : lanes_)
    if (lane.episode.open) excuses += static_cast<core::Count>(lane.episode.excuses.all());
  return excuses;
}

core::Count Street::crossings() const {
  core::Count sum = 0;
  for (const Lane& lane : lanes_) sum += lane.crossed_ever;
  return sum;
}

core::Count Street::listed_of_ended() const {
  core::Count sum = 0;
  for (const Lane& lane : lanes_) sum += lane.entry ? lane.listed : -lane.listed;
  return sum;
}

// Of a store that was copied or put back no true row has anything: all of it is listed at its end.
core::Count Street::still_to_list() const {
  core::Count sum = 0;
  for (const Lane& lane : lanes_) {
    if (!sim_.machine(lane.machine).shadow) continue;
    const core::Count in_episode = lane.episode.open ? in_row(lane) - lane.episode.crossed : 0;
    const core::Count more = counted_ever(lane) - lane.crossed_ever - lane.listed - in_episode;
    sum += lane.entry ? more : -more;
  }
  return sum;
}

// What it will list once the episode ends: a crash has taken counts back, or a car has crossed
// since. A car for which an admission is pending is none of that: it is settled with the admission.
core::Count Street::missed_by_stopped() const {
  core::Count sum = 0;
  for (const Lane& lane : lanes_) {
    if (!lane.episode.open || sim_.machine(lane.machine).gate) continue;
    const core::Count uncounted = lane.episode.crossed - in_row(lane);
    const core::Count passed =
        lane.entry ? std::clamp<core::Count>(uncounted, 0, std::max<core::Count>(0, pending(lane)))
                   : 0;
    sum += lane.entry ? passed - uncounted : uncounted;
  }
  return sum;
}

core::Count Street::in_progress() const {
  core::Count sum = 0;
  for (const Lane& lane : lanes_) {
    if (!lane.episode.open) continue;
    const core::Count off = in_row(lane) - lane.episode.crossed;
    sum += lane.entry ? off : -off;
  }
  return sum;
}

// Of the episode that is not at its end.
core::Count Street::passed_by_held(const Lane& lane) const {
  if (!lane.entry || !lane.episode.open) return 0;
  // What is pending where the program has stopped is held when it starts.
  const core::Count held = sim_.machine(lane.machine).gate
                               ? held_by_core(lane) - lane.held_passed - lane.held_away
                               : pending(lane);
  return std::clamp<core::Count>(lane.episode.crossed - in_row(lane), 0,
                                 std::max<core::Count>(0, held));
}

core::Count Street::held_and_passed(const Lane& lane) const {
  return lane.entry ? lane.held_passed + passed_by_held(lane) : 0;
}

// The number had the cars of held admissions that are in: to settle them as entered would count
// them twice.
void Street::take_held_as_counted() {
  for (Lane& lane : lanes_) {
    if (!lane.entry) continue;
    const core::Count passed = passed_by_held(lane);
    lane.listed -= lane.held_passed;
    lane.held_away += std::exchange(lane.held_passed, 0);
    lane.listed -= passed;
    lane.episode.crossed -= passed;
  }
}

void Street::add_listed(const Machine& machine, const RowChange& change) {
  for (Lane& lane : lanes_) {
    if (lane.machine != machine.index) continue;
    const core::Count more = lane.entry ? change.entered + change.unadmitted : change.left;
    lane.listed += more;
    if (lane.entry) lane.held_lost += change.admitted - change.entered - change.backed_out;
    sim_.outcome().listed += static_cast<std::uint64_t>(more < 0 ? -more : more);
  }
}

void Street::wrote_late(Machine& machine, const RowChange& change) {
  if (change.left == 0 && change.entered == 0 && change.unadmitted == 0 && change.admitted == 0 &&
      change.backed_out == 0)
    return;
  counted(machine, change);
  add_listed(machine, {.admitted = -change.admitted,
                       .entered = -change.entered,
                       .backed_out = -change.backed_out,
                       .unadmitted = -change.unadmitted,
                       .left = -change.left});
}

void Street::shut(const Machine& machine) {
  for (Lane& lane : lanes_)
    if (lane.machine == machine.index && lane.under == nobody) lane.barrier_open = false;
}

bool Street::is_shut(const Machine& machine) const {
  return std::ranges::none_of(lanes_, [&](const Lane& lane) {
    return lane.machine == machine.index && (lane.under != nobody || lane.barrier_open);
  });
}

}  // namespace parking::sim
