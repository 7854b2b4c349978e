// What drivers do.
#include <algorithm>

#include "tests/sim/simulation.hpp"
#include "tests/sim/street.hpp"

namespace parking::sim {
namespace {

/// A queue longer than this is seen from the street, and nobody joins it.
constexpr std::size_t longest_queue = 6;

}  // namespace

void Street::open() {
  cars_.resize(sim_.plan().cars.size());
  for (std::size_t i = 0; i < cars_.size(); ++i)
    if (sim_.plan().cars[i].patience > 0)
      sim_.agenda().add(sim_.plan().cars[i].arrives, What::arrive, static_cast<std::uint32_t>(i));
}

void Street::late_cars() {
  for (std::size_t i = 0; i < cars_.size(); ++i)
    if (sim_.plan().cars[i].patience == 0)
      sim_.agenda().add(sim_.now() + sim_.rng().between(0, 3 * us_per_s), What::arrive,
                        static_cast<std::uint32_t>(i));
}

Habit Street::habit(std::uint32_t car) const {
  return cars_[car].acted ? Habit::plain : sim_.plan().cars[car].habit;
}

void Street::note(std::uint32_t car, const char* what) {
  if (!sim_.tracing()) return;
  const Lane& lane = lanes_[cars_[car].lane];
  sim_.log("car " + std::to_string(car) + " " + what + " " +
           sim_.machine(lane.machine).name.text() + (lane.entry ? " in" : " out"));
}

void Street::later(std::uint32_t car, Time wait, Stage stage) {
  sim_.agenda().add(sim_.now() + wait, What::drive, car, static_cast<std::uint32_t>(stage),
                    cars_[car].serial);
}

void Street::drive(std::uint32_t car, std::uint32_t stage, std::uint32_t serial) {
  if (static_cast<Stage>(stage) == Stage::next_car) {
    next_car(car);
    return;
  }
  if (cars_[car].serial != serial) return;
  switch (static_cast<Stage>(stage)) {
    case Stage::go:
      return go(car);
    case Stage::reach_passage:
      return reach_passage(car);
    case Stage::clear_approach:
      return clear_approach(car);
    case Stage::clear_passage:
      return clear_passage(car);
    case Stage::give_up:
      return give_up(car);
    case Stage::leave_lot:
      cars_[car].going_out = true;
      return join(car, lane_of(sim_.plan().cars[car].exit_gate, false));
    case Stage::back_away:
      return back_away(car);
    case Stage::next_car:
      return;
  }
}

void Street::arrive(std::uint32_t car) {
  const MachineIndex gate = sim_.plan().cars[car].gate;
  const auto copy = diverted_.find(gate);
  const bool diverted = copy != diverted_.end() && sim_.rng().permille(500);
  join(car, lane_of(diverted ? copy->second : gate, true));
}

void Street::join(std::uint32_t car, std::uint32_t index) {
  Lane& lane = lanes_[index];
  Car& self = cars_[car];
  self.lane = index;
  if (!self.going_out && sim_.plan().cars[car].patience > 0 && lane.queue.size() >= longest_queue) {
    self.place = Place::gone;
    return;
  }
  self.place = Place::queued;
  lane.queue.push_back(car);
  if (!self.going_out && sim_.plan().cars[car].patience > 0)
    later(car, sim_.plan().cars[car].patience, Stage::give_up);
  next_car(index);
}

void Street::next_car(std::uint32_t index) {
  Lane& lane = lanes_[index];
  if (lane.head != nobody || lane.under != nobody || lane.queue.empty()) return;
  const std::uint32_t car = lane.queue.front();
  lane.queue.pop_front();
  approach_barrier(car);
}

void Street::approach_barrier(std::uint32_t car) {
  Lane& lane = lanes_[cars_[car].lane];
  cars_[car].place = Place::approach;
  lane.head = car;
  lane.waits_since = sim_.now();
  if (lane.entry) ++sim_.outcome().arrivals;
  // Who has come so far is patient anew.
  ++cars_[car].serial;
  if (lane.entry && sim_.plan().cars[car].patience > 0)
    later(car, sim_.plan().cars[car].patience, Stage::give_up);
  note(car, "stands at");
  cover(cars_[car].lane, approach, true);
  if (lane.barrier_open) later(car, draw(pace::reaction), Stage::go);
}

void Street::go(std::uint32_t car) {
  Lane& lane = lanes_[cars_[car].lane];
  if (lane.head != car || lane.under != nobody || !lane.barrier_open) return;
  if (cars_[car].place != Place::approach) return;
  if (habit(car) == Habit::backs_out && lane.entry) {
    cars_[car].acted = true;
    return back_away(car);
  }
  reach_passage(car);
}

void Street::reach_passage(std::uint32_t car) {
  Lane& lane = lanes_[cars_[car].lane];
  cars_[car].place = Place::driving;
  ++cars_[car].serial;  // whatever it had in mind before, it drives now
  lane.under = car;
  note(car, cars_[car].follows ? "follows through" : "drives through");
  if (lane.misled) ++lane.episode.excuses.undecidable;
  cover(cars_[car].lane, passage, true);
  if (habit(car) == Habit::rolls_back && lane.entry && !cars_[car].follows) {
    cars_[car].acted = true;
    later(car, draw(pace::part), Stage::back_away);
    return;
  }
  later(car, draw(pace::part), Stage::clear_approach);
}

void Street::clear_approach(std::uint32_t car) {
  const std::uint32_t index = cars_[car].lane;
  Lane& lane = lanes_[index];
  lane.head = nobody;
  later(car, draw(pace::part), Stage::clear_passage);
  const std::uint32_t next = lane.queue.empty() ? nobody : lane.queue.front();
  if (next != nobody && habit(next) == Habit::bumper && !cars_[car].follows) {
    // The approach never clears: what became of the car before cannot be decided by sensors.
    cars_[next].acted = true;
    ++lane.episode.excuses.undecidable;
    lane.queue.pop_front();
    approach_barrier(next);
    return;
  }
  cover(index, approach, false);
  if (next != nobody && habit(next) == Habit::tailgates) {
    lane.queue.pop_front();
    follow(next, index);
  }
}

void Street::follow(std::uint32_t car, std::uint32_t index) {
  cars_[car].acted = true;
  cars_[car].follows = true;
  cars_[car].place = Place::driving;
  ++cars_[car].serial;
  cars_[car].lane = index;
  lanes_[index].head = car;
  if (lanes_[index].entry) ++sim_.outcome().arrivals;
  cover(index, approach, true);
}

void Street::clear_passage(std::uint32_t car) {
  const std::uint32_t index = cars_[car].lane;
  Lane& lane = lanes_[index];
  lane.under = nobody;
  crossed(car, lane);
  const std::uint32_t behind = lane.head;
  const bool followed = behind != nobody && cars_[behind].follows;
  // The barrier's own loop closes it behind a car, unless the next one is under it already.
  if (!followed) lane.barrier_open = false;
  ++lane.barrier_serial;
  if (followed) {
    const std::uint64_t permille = sim_.plan().cars[behind].gap_permille;
    if (permille < 1000) ++lane.episode.excuses.undecidable;  // seen as one long car
    later(behind, merge_of(lane) * static_cast<Time>(permille) / 1000, Stage::reach_passage);
  }
  cover(index, passage, false);
  if (!followed)
    sim_.agenda().add(sim_.now() + draw(pace::next_car), What::drive, index,
                      static_cast<std::uint32_t>(Stage::next_car));
}

void Street::crossed(std::uint32_t car, Lane& lane) {
  Car& self = cars_[car];
  ++self.serial;
  ++lane.episode.crossed;
  // Ledger rule 10, also where the last row is on no disk and a restart takes it back.
  const Machine& machine = sim_.machine(lane.machine);
  if (machine.gate && machine.exchange().journal().own().final_row) ++lane.episode.excuses.store;
  ++lane.crossed_ever;
  if (!lane.entry) {
    --inside_;
    ++sim_.outcome().exits;
    self.place = Place::gone;
    return;
  }
  ++inside_;
  self.place = Place::inside;
  // What a test of the checks and of the shrinker needs: a car that no row ever hears of.
  if (sim_.plan().plant_failure && car % 10 == 7) ++inside_;
  const bool by_anothers_opening =
      lane.unused_opening == lane.barrier_serial && lane.episode.counted.admitted == 0;
  if (self.follows || by_anothers_opening) ++lane.episode.followed;
  if (!self.follows) ++sim_.outcome().entries;
  self.follows = false;
  if (sim_.plan().cars[car].stays > 0) later(car, sim_.plan().cars[car].stays, Stage::leave_lot);
}

void Street::give_up(std::uint32_t car) {
  Car& self = cars_[car];
  Lane& lane = lanes_[self.lane];
  if (self.place == Place::queued) {
    std::erase(lane.queue, car);
    self.place = Place::gone;
  } else if (self.place == Place::approach && lane.head == car && !lane.barrier_open) {
    ++sim_.outcome().gave_up;
    judge_refusal(lane);
    back_away(car);
  }
}

void Street::back_away(std::uint32_t car) {
  Car& self = cars_[car];
  const std::uint32_t index = self.lane;
  Lane& lane = lanes_[index];
  ++self.serial;
  note(car, "goes away from");
  if (lane.under == car) {
    // Back from under the barrier: first the passage clears, then the approach.
    lane.under = nobody;
    lane.barrier_open = false;  // its own loop was covered and is clear again
    ++lane.episode.excuses.undecidable;
    cover(index, passage, false);
    self.place = Place::driving;
    later(car, 2 * merge_of(lane) + us_per_s / 2, Stage::back_away);
    return;
  }
  self.place = Place::gone;
  lane.head = nobody;
  cover(index, approach, false);
  sim_.agenda().add(sim_.now() + draw(pace::next_car), What::drive, index,
                    static_cast<std::uint32_t>(Stage::next_car));
}

// A gate is in reach when both ends of a connection work and nothing on it is held up.
void Street::judge_refusal(const Lane& lane) {
  Machine& gate = sim_.machine(lane.machine);
  if (!sim_.runs(gate) || !gate.exchange().may_spend()) return;
  if (gate.exchange().held(gate.local(sim_.now())) || gate.exchange().leaving()) return;
  for (Machine& other : sim_.machines()) {
    if (!sim_.runs(other) || other.index == gate.index) continue;
    const core::Exchange& far = other.exchange();
    if (!far.may_spend() || far.permits() < 1) continue;
    const core::Peer* there = gate.exchange().peers().find(other.name);
    const core::Peer* back = far.peers().find(gate.name);
    if (there == nullptr || back == nullptr || !there->link || !back->link) continue;
    if (sim_.network().blocked(gate.index, other.index) ||
        sim_.network().blocked(other.index, gate.index))
      continue;
    ++sim_.outcome().wrongly_refused;
    return;
  }
}

bool Street::quiet() const {
  const bool moving = std::ranges::any_of(cars_, [this](const Car& car) {
    if (car.place == Place::driving || car.going_out) return car.place != Place::gone;
    return car.place == Place::inside &&
           sim_.plan().cars[static_cast<std::size_t>(&car - cars_.data())].stays > 0;
  });
  if (moving) return false;
  return std::ranges::none_of(lanes_, [](const Lane& lane) {
    return lane.under != nobody || (lane.barrier_open && lane.head != nobody);
  });
}

std::optional<std::uint32_t> Street::stuck_at_entry(Time longer_than) const {
  for (std::size_t i = 0; i < lanes_.size(); ++i)
    if (lanes_[i].entry && lanes_[i].head != nobody && !lanes_[i].barrier_open &&
        lanes_[i].under == nobody && sim_.now() - lanes_[i].waits_since > longer_than)
      return static_cast<std::uint32_t>(i);
  return std::nullopt;
}

std::optional<std::uint32_t> Street::stuck_at_exit(Time longer_than) const {
  for (std::size_t i = 0; i < lanes_.size(); ++i)
    if (!lanes_[i].entry && lanes_[i].head != nobody && lanes_[i].under == nobody &&
        sim_.now() - lanes_[i].waits_since > longer_than)
      return static_cast<std::uint32_t>(i);
  return std::nullopt;
}

}  // namespace parking::sim
