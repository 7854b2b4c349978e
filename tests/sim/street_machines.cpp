// What becomes of lanes when programs start and end, stores are lost, and the operator looks.
#include <algorithm>
#include <cstdlib>

#include "tests/sim/simulation.hpp"
#include "tests/sim/street.hpp"

namespace parking::sim {

void Street::started(Machine& machine) {
  for (std::uint32_t index = 0; index < lanes_.size(); ++index) {
    Lane& lane = lanes_[index];
    if (lane.machine != machine.index) continue;
    for (const std::size_t sensor : {approach, passage}) {
      lane.shown[sensor] = lane.broken[sensor]    ? core::Presence::fault
                           : lane.covered[sensor] ? core::Presence::present
                                                  : core::Presence::clear;
      report(index, sensor, lane.shown[sensor], sim_.now());
    }
  }
}

void Street::crashed(Machine& machine, const RowChange& lost, const RowChange& undone) {
  for (Lane& lane : lanes_) {
    if (lane.machine != machine.index) continue;
    if (machine.holds_barrier && lane.under == nobody) lane.barrier_open = false;
    RowChange& c = lane.episode.counted;
    if (lane.entry) {
      c.admitted += lost.admitted;
      c.entered += lost.entered;
      c.backed_out += lost.backed_out;
      c.unadmitted += lost.unadmitted;
      lane.episode.undone += undone.entered + undone.unadmitted;
    } else {
      c.left += lost.left;
      lane.episode.undone += undone.left;
    }
    if (lane.episode.open) ++lane.episode.excuses.crash;
  }
}

core::Count Street::counted_ever(const Lane& lane) const {
  core::Count counted = 0;
  for (const core::Incarnation row : sim_.machine(lane.machine).own_rows) {
    const Truth::Entry* entry = sim_.truth().find(row);
    if (entry == nullptr) continue;
    const RowChange& c = entry->counters;
    counted += lane.entry ? c.entered + c.unadmitted : c.left;
  }
  return counted;
}

core::Count Street::pending_ever(const Lane& lane) const {
  core::Count pending = 0;
  for (const core::Incarnation row : sim_.machine(lane.machine).own_rows)
    if (const Truth::Entry* entry = sim_.truth().find(row))
      pending += entry->counters.admitted - entry->counters.entered - entry->counters.backed_out;
  return pending;
}

void Street::log_sums() {
  for (const Lane& lane : lanes_)
    sim_.log("sums: " + sim_.machine(lane.machine).name.text() + (lane.entry ? " in " : " out ") +
             std::to_string(lane.crossed_ever) + " crossed, " + std::to_string(counted_ever(lane)) +
             " counted, " + std::to_string(lane.listed) + " listed, " +
             std::to_string(lane.episode.crossed) + " in an episode");
}

void Street::store_lost(Machine& machine) {
  for (Lane& lane : lanes_) {
    if (lane.machine != machine.index) continue;
    held_passed_lost_ += held_and_passed(lane);
    const core::Count listed = counted_ever(lane) - lane.crossed_ever;
    sim_.outcome().listed += static_cast<std::uint64_t>(std::abs(listed - lane.listed));
    lane.listed = listed;
    lane.held_passed = lane.held_away = 0;
    lane.held_lost = lane.entry ? pending_ever(lane) : 0;
    // What the old store opened for, the new one does not know.
    lane.misled = lane.barrier_open;
    const bool open = lane.episode.open;
    lane.episode = {};
    if (!open) continue;
    lane.episode.open = true;
    ++lane.episode.excuses.store;
  }
}

void Street::store_put_back(Machine& machine, const core::Row& row) {
  store_lost(machine);
  const core::Count pending = row.pending();
  for (Lane& lane : lanes_)
    if (lane.machine == machine.index && lane.entry) lane.held_away = pending;
}

void Street::abandon(Machine& machine) {
  for (Lane& lane : lanes_) {
    if (lane.machine != machine.index) continue;
    for (const std::uint32_t car : lane.queue) cars_[car].place = Place::gone;
    lane.queue.clear();
    lane.barrier_open = false;
    if (lane.head != nobody && lane.head != lane.under && !cars_[lane.head].follows)
      back_away(lane.head);
  }
  std::erase_if(diverted_, [&](const auto& entry) { return entry.second == machine.index; });
}

core::Count Street::held_by_core(const Lane& lane) const {
  const Machine& machine = sim_.machine(lane.machine);
  return machine.gate ? machine.gate->held(lane.number) : 0;
}

bool Street::may_settle(const Lane& lane) const {
  const Machine& machine = sim_.machine(lane.machine);
  if (!lane.entry || !machine.in_use || !sim_.runs(machine) || held_by_core(lane) == 0)
    return false;
  if (!lane.episode.open) return true;
  // Somebody who waits there may be waiting for this very permit.
  return lane.under == nobody && lane.late_readings == 0 && machine.gate->lane(lane.number).waits();
}

// What became of the car is known of episodes that have ended, and seen in one that has not.
bool Street::take_held(Lane& lane) {
  begin_episode(lane);
  ++lane.episode.excuses.undecidable;
  const core::Count ended = lane.held_passed + lane.held_away;
  const RowChange& c = lane.episode.counted;
  if (ended == 0) return lane.episode.crossed > c.entered + c.unadmitted;
  const bool passed = lane.held_passed > 0;
  --(passed ? lane.held_passed : lane.held_away);
  lane.episode.crossed += passed ? 1 : 0;
  lane.episode.counted.admitted += 1;
  return passed;
}

// The operator knows what became of each car.
void Street::settle_held() {
  for (Lane& lane : lanes_) {
    if (!may_settle(lane)) continue;
    Machine& machine = sim_.machine(lane.machine);
    const auto outcome = take_held(lane) ? core::Settlement::entered : core::Settlement::backed_out;
    settling_ = true;
    sim_.step(machine, core::Settle{machine.lanes[lane.number].name, outcome, "saw it"});
    settling_ = false;
  }
}

bool Street::anything_held() const {
  return std::ranges::any_of(lanes_, [this](const Lane& lane) {
    return lane.entry && sim_.machine(lane.machine).in_use && held_by_core(lane) > 0;
  });
}

}  // namespace parking::sim
