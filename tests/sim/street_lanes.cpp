// What sensors, barriers and counters make of it.
#include <algorithm>
#include <cstdlib>

#include "tests/sim/simulation.hpp"
#include "tests/sim/street.hpp"

namespace parking::sim {
void Street::add_lanes(Machine& machine) {
  for (const bool entry : {true, false}) {
    const std::uint32_t number = entry ? machine.entry_lane : machine.exit_lane;
    if (number == nobody) continue;
    Lane lane;
    lane.machine = machine.index;
    lane.number = number;
    lane.entry = entry;
    lanes_.push_back(std::move(lane));
  }
}

std::uint32_t Street::lane_of(MachineIndex machine, bool entry) const {
  const auto found = std::ranges::find_if(
      lanes_, [&](const Lane& lane) { return lane.machine == machine && lane.entry == entry; });
  return found == lanes_.end() ? nobody : static_cast<std::uint32_t>(found - lanes_.begin());
}

Time Street::draw(const pace::Range& range) {
  return sim_.rng().between(range.shortest, range.longest);
}

Time Street::merge_of(const Lane& lane) const {
  return sim_.machine(lane.machine).lanes[lane.number].merge.count() * us_per_ms;
}

// --- sensors -----------------------------------------------------------------------------------

void Street::cover(std::uint32_t index, std::size_t sensor, bool covered) {
  Lane& lane = lanes_[index];
  begin_episode(lane);
  lane.covered[sensor] = covered;
  const Machine& machine = sim_.machine(lane.machine);
  if (!machine.up()) {
    if (sensor == passage) ++lane.episode.excuses.crash;
    return;
  }
  if (lane.broken[sensor]) {
    ++lane.episode.excuses.sensor;
    return;
  }
  if (lane.misses[sensor] > 0) {
    --lane.misses[sensor];
    ++lane.episode.excuses.sensor;
    return;
  }
  show(index, sensor, covered ? core::Presence::present : core::Presence::clear);
}

void Street::show(std::uint32_t index, std::size_t sensor, core::Presence presence) {
  Lane& lane = lanes_[index];
  if (lane.shown[sensor] == presence) return;
  lane.shown[sensor] = presence;
  Machine& machine = sim_.machine(lane.machine);
  if (!machine.up()) return;
  // While readings wait, later ones wait behind them.
  if (sim_.now() >= machine.paused_until && lane.late_readings == 0) {
    report(index, sensor, presence, sim_.now());
    return;
  }
  // The kernel keeps the edge; when the program runs again it sees them all at once.
  ++lane.episode.excuses.crash;
  ++lane.late_readings;
  machine.late_readings.push_back({index, sensor, presence, machine.life, sim_.now()});
  sim_.agenda().add(machine.paused_until, What::sensor, machine.index);
}

void Street::catch_up(Machine& machine) {
  if (std::exchange(machine.catches_up, true)) return;
  while (!machine.late_readings.empty()) {
    const LateReading reading = machine.late_readings.front();
    machine.late_readings.pop_front();
    --lanes_[reading.lane].late_readings;
    if (machine.life == reading.life)
      report(reading.lane, reading.sensor, reading.presence, reading.at);
  }
  machine.catches_up = false;
}

void Street::report(std::uint32_t index, std::size_t sensor, core::Presence presence, Time at) {
  Lane& lane = lanes_[index];
  Machine& machine = sim_.machine(lane.machine);
  if (!machine.up()) return;
  sim_.mix(index * 8 + sensor * 4 + static_cast<std::uint64_t>(presence));
  if (sim_.tracing())
    sim_.log(machine.name.text() + (lane.entry ? " in " : " out ") +
             (sensor == approach ? "approach " : "passage ") + std::string(to_string(presence)));
  const bool must_open = !lane.entry && sensor == approach && presence == core::Presence::present &&
                         machine.gate->lane(lane.number).state() == core::LaneState::idle;
  const std::uint32_t serial = lane.barrier_serial;
  const std::uint32_t life = machine.life;
  // What fell due before the sensor was covered comes before it, also where both are told at once.
  const bool covers = sensor == passage && presence == core::Presence::present;
  const bool was_due = machine.gate->lane(lane.number).next_wake() <= machine.local(at);
  if (covers && !was_due) lane.passage_told = true;
  sim_.step(
      machine,
      core::SensorChanged{lane.number,
                          sensor == approach ? core::LaneInput::approach : core::LaneInput::passage,
                          presence},
      machine.local(at));
  if (covers) lanes_[index].passage_told = true;
  if (must_open && lanes_[index].barrier_serial == serial && machine.life == life)
    sim_.violate("an exit did not open at once", machine.name.text());
}

void Street::miss(std::uint32_t index, std::size_t sensor, std::uint32_t changes) {
  lanes_[index].misses[sensor] = changes;
}

void Street::phantom(std::uint32_t index, std::size_t sensor, bool present) {
  Lane& lane = lanes_[index];
  if (lane.broken[sensor]) return;
  begin_episode(lane);
  ++lane.episode.excuses.sensor;
  if (present || !lane.covered[sensor])
    show(index, sensor, present ? core::Presence::present : core::Presence::clear);
}

void Street::break_sensor(std::uint32_t index, std::size_t sensor, bool broken) {
  Lane& lane = lanes_[index];
  begin_episode(lane);
  ++lane.episode.excuses.sensor;
  lane.broken[sensor] = broken;
  if (broken)
    show(index, sensor, core::Presence::fault);
  else
    refresh(index);
}

void Street::refresh(std::uint32_t index) {
  Lane& lane = lanes_[index];
  for (const std::size_t sensor : {approach, passage}) {
    if (lane.broken[sensor]) continue;
    lane.misses[sensor] = 0;
    const core::Presence seen =
        lane.covered[sensor] ? core::Presence::present : core::Presence::clear;
    if (lane.shown[sensor] == seen) continue;
    begin_episode(lane);
    ++lane.episode.excuses.sensor;
    show(index, sensor, seen);
  }
}

void Street::excuse(std::uint32_t index, std::uint32_t Excuses::*why) {
  if (lanes_[index].episode.open) ++(lanes_[index].episode.excuses.*why);
}

// A barrier that is open now closes by its own clock; an admission that the program takes back by
// another one may still let a car in.
void Street::clock_jumps(const Machine& machine) {
  for (Lane& lane : lanes_) {
    if (lane.machine != machine.index) continue;
    if (lane.episode.open) ++lane.episode.excuses.sensor;
    lane.misled = lane.barrier_open;
  }
}

// --- barriers ----------------------------------------------------------------------------------

void Street::output(Machine& machine, const core::BarrierOutput& output) {
  const bool entry = output.lane == machine.entry_lane;
  const std::uint32_t index = lane_of(machine.index, entry);
  Lane& lane = lanes_[index];
  const bool opens = output.command == core::BarrierCommand::open;
  sim_.mix(index * 2 + (opens ? 1 : 0));
  if (sim_.tracing())
    sim_.log(machine.name.text() + (entry ? " in" : " out") + (opens ? " opens" : " closes"));
  if (!opens) {
    // A barrier that takes pulses closes by its own loop and nothing else.
    if (machine.holds_barrier && lane.under == nobody) lane.barrier_open = false;
    return;
  }
  ++lane.barrier_serial;
  const auto& stable = machine.disk.stable().own;
  if (entry && (!stable || stable->admitted < machine.exchange().journal().own().admitted))
    sim_.violate("opened before durable",
                 machine.name.text() + " let a car in on a permit that a crash gives back");
  lane.barrier_open = true;
  // It opens by what it knew before it was paused; the car may have driven in long ago.
  lane.misled = lane.late_readings > 0;
  // Its own loop closes it when nobody drives through; set to less than the lane's window, so that
  // nobody drives through an admission that the gate has taken back.
  const Time window = machine.lanes[lane.number].pass_window.count() * us_per_ms;
  sim_.agenda().add(sim_.now() + window * 3 / 4, What::barrier, index, lane.barrier_serial);
  if (lane.head != nobody && lane.under == nobody && cars_[lane.head].place == Place::approach)
    later(lane.head, draw(pace::reaction), Stage::go);
}

void Street::barrier_closes(std::uint32_t index, std::uint32_t serial) {
  Lane& lane = lanes_[index];
  if (lane.barrier_serial != serial) return;
  if (lane.under == nobody && (lane.head == nobody || !cars_[lane.head].follows))
    lane.barrier_open = false;
}

// --- counting ----------------------------------------------------------------------------------

void Street::begin_episode(Lane& lane) {
  if (!lane.episode.open) lane.episode = {.open = true};
}

void Street::counted(Machine& machine, const RowChange& change) {
  const auto add = [&](std::uint32_t index, const RowChange& more) {
    Episode& episode = lanes_[index].episode;
    if (!episode.open) {
      sim_.violate("counted without a cause", machine.name.text());
      return;
    }
    episode.counted.admitted += more.admitted;
    episode.counted.entered += more.entered;
    episode.counted.backed_out += more.backed_out;
    episode.counted.unadmitted += more.unadmitted;
    episode.counted.left += more.left;
  };
  RowChange in = change;
  in.left = 0;
  if (const std::uint32_t index = lane_of(machine.index, true); index != nobody)
    watch_promise(lanes_[index], change);
  if (in.admitted != 0 || in.entered != 0 || in.backed_out != 0 || in.unadmitted != 0)
    add(lane_of(machine.index, true), in);
  if (change.left != 0) add(lane_of(machine.index, false), {.left = change.left});
}

// Ledger rule 2: once the passage sensor was covered an admission returns no permit by itself.
void Street::watch_promise(Lane& lane, const RowChange& change) {
  if (change.backed_out > 0 && lane.passage_told && !settling_)
    sim_.violate("a permit came back after the passage", sim_.machine(lane.machine).name.text());
  if (change.admitted > 0) lane.passage_told = false;
}

void Street::stepped(Machine& machine) {
  for (const bool entry : {true, false}) {
    const std::uint32_t number = entry ? machine.entry_lane : machine.exit_lane;
    if (number == nobody) continue;
    Lane& lane = lanes_[lane_of(machine.index, entry)];
    if (lane.episode.open && is_over(lane, machine)) end_episode(lane, machine);
  }
}

bool Street::is_over(const Lane& lane, const Machine& machine) const {
  if (lane.covered[0] || lane.covered[1] || lane.head != nobody || lane.under != nobody)
    return false;
  if (lane.shown[0] != core::Presence::clear || lane.shown[1] != core::Presence::clear)
    return false;
  if (sim_.now() < machine.paused_until || lane.late_readings > 0) return false;
  if (machine.gate->lane(lane.number).state() != core::LaneState::idle) return false;
  const core::Journal& journal = machine.exchange().journal();
  return journal.own().version == journal.durable().version;
}

// Ledger rule 2: a car that is at the passage when the program starts is taken for the one that was
// pending, which may have been an older one. Returns how many cars in are not counted by that.
core::Count Street::take_for_older(Lane& lane, core::Count& held) {
  core::Count uncounted = 0;
  for (; held < 0 && lane.held_passed + lane.held_away > 0; ++held) {
    if (lane.held_away > 0) {
      --lane.held_away;
      continue;
    }
    --lane.held_passed;
    ++uncounted;
  }
  return uncounted;
}

bool is_excused(core::Count off, const Episode& episode) {
  const auto excuses = static_cast<core::Count>(episode.excuses.all());
  return off <= excuses && off >= -excuses - episode.undone;
}

void Street::end_episode(Lane& lane, const Machine& machine) {
  Episode& episode = lane.episode;
  // Ledger rule 10: what crosses at a gate whose row is final goes to its history only.
  if (machine.exchange().journal().own().final_row)
    episode.excuses.store += 1 + static_cast<std::uint32_t>(episode.crossed);
  const RowChange& c = episode.counted;
  const std::uint32_t excuses = episode.excuses.all();
  const core::Count in_row = lane.entry ? c.entered + c.unadmitted : c.left;
  core::Count held = c.admitted - c.entered - c.backed_out;
  const core::Count taken_for_others = take_for_older(lane, held);
  const core::Count passed = std::clamp<core::Count>(episode.crossed - in_row, 0, held);
  const core::Count off = in_row + passed - episode.crossed - taken_for_others;
  const auto text = [&] {
    return machine.name.text() + (lane.entry ? " in: " : " out: ") +
           std::to_string(episode.crossed) + " crossed, " + std::to_string(in_row) + " counted, " +
           std::to_string(held) + " held, " + std::to_string(excuses) + " excuses, " +
           std::to_string(episode.undone) + " undone";
  };
  if (held < 0) sim_.violate("settled without an admission", text());
  if (off != 0 && excuses == 0) {
    sim_.outcome().lost += static_cast<std::uint64_t>(std::abs(off));
    sim_.violate("a crossing was not counted once", text());
  }
  if (held != 0 && excuses == 0) sim_.violate("held without a cause", text());
  if (!is_excused(off, episode)) sim_.violate("a crossing was not counted once", text());
  if (off != 0 && sim_.tracing()) sim_.log("listed: " + text());
  lane.held_passed += passed;
  lane.held_away += held - passed;
  lane.listed += off;
  if (lane.entry && lane.barrier_open && (held > 0 || off > 0))
    lane.unused_opening = lane.barrier_serial;
  sim_.outcome().listed += static_cast<std::uint64_t>(off < 0 ? -off : off);
  episode = {};
  const core::Count held_by_core = machine.gate->held(lane.number);
  if (held_by_core != lane.held_passed + lane.held_away)
    sim_.violate("held admissions do not add up",
                 machine.name.text() + ": " + std::to_string(held_by_core) + " held, " +
                     std::to_string(lane.held_passed + lane.held_away) + " expected");
}

// A lane at which a car still waits has not ended its episode; what an excuse has cost there is as
// good as listed.
core::Count Street::excused_so_far(const Episode& episode, bool entry) {
  const RowChange& c = episode.counted;
  const core::Count off = (entry ? c.entered + c.unadmitted : c.left) - episode.crossed;
  return episode.open && episode.excuses.all() > 0 && is_excused(off, episode) ? off : 0;
}

core::Count Street::listed() const {
  core::Count sum = 0;
  for (const Lane& lane : lanes_) {
    // Where a copy was taken away, the last car still drove through.
    const bool counts = sim_.machine(lane.machine).in_use;
    const core::Count listed =
        lane.listed + (counts ? excused_so_far(lane.episode, lane.entry) : -lane.episode.crossed);
    sum += lane.entry ? listed : -listed;
  }
  return sum;
}

}  // namespace parking::sim
