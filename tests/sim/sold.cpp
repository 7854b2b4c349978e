// Whether more cars were let in than there is room for.
#include <algorithm>

#include "tests/sim/simulation.hpp"
#include "tests/sim/street.hpp"

namespace parking::sim {
namespace {

// Cars in beyond those that are counted or promised; below 0 where more were counted than came.
core::Count beyond(core::Count uncounted, core::Count pending) {
  return uncounted < 0 ? uncounted : std::max<core::Count>(0, uncounted - pending);
}

}  // namespace

// Without an excuse a car that is in and not counted is either the one that was let in or one that
// drove in behind it and is counted in a moment.
Street::Share Street::share_of_entry(const Lane& lane) {
  const Episode& episode = lane.episode;
  const RowChange& c = episode.counted;
  const core::Count pending_before = lane.held_passed + lane.held_away + lane.held_lost;
  const core::Count uncounted_before = lane.held_passed - lane.listed;
  const core::Count pending = pending_before + c.admitted - c.entered - c.backed_out;
  const core::Count uncounted = uncounted_before + episode.crossed - c.entered - c.unadmitted;
  const core::Count excused = static_cast<core::Count>(episode.excuses.all()) + episode.undone +
                              std::max<core::Count>(0, episode.followed - c.unadmitted);
  const core::Count most =
      std::max<core::Count>(0, beyond(uncounted_before, pending_before)) + excused;
  return {.promised =
              pending - std::clamp<core::Count>(uncounted, 0, std::max<core::Count>(0, pending)),
          .allowed = std::min(beyond(uncounted, pending), most)};
}

// An exit frees its permit when the car has passed, not before.
Street::Share Street::share_of_exit(const Lane& lane) {
  const Episode& episode = lane.episode;
  const auto excused = static_cast<core::Count>(episode.excuses.all());
  return {.allowed = lane.listed + std::min(episode.counted.left - episode.crossed, excused)};
}

// No true row says anything of what passes here.
Street::Share Street::share_of_second(const Lane& lane) const {
  const core::Count uncounted = lane.crossed_ever - counted_ever(lane);
  return {.unknowable = lane.entry ? uncounted : -uncounted};
}

Street::Share Street::share_of(const Lane& lane) const {
  const Machine& machine = sim_.machine(lane.machine);
  if (machine.shadow) return share_of_second(lane);
  return lane.entry ? share_of_entry(lane) : share_of_exit(lane);
}

// When a car is let in (not when it drives in: somebody may have followed another one meanwhile):
//
//   cars in + promised <= capacity + debt + sum over lanes of what was not counted and may be so
//
// `promised`: admissions whose cars are not in yet. `debt`: permits below 0, in all rows.
//
// It holds by the rules. The row that admits has >= 0 permits afterwards (rule 1), and each other
// row has >= -its debt, so that the sum of permits is >= -debt. That sum is capacity - inside -
// pending (section State), hence inside + pending <= capacity + debt. The cars that are in differ
// from `inside` by just what each lane counted too much or too little, and `pending` from
// `promised` by the cars that are in and not settled. Without an excuse a lane counts an exit after
// it and never before, and an entry that no admission covers is a follower's. Debt is current: a
// row takes it on by cars without a permit alone (see Truth::objection), and what comes in pays it
// back. What a second history let in or gave is kept apart, and so is what a second lot let in.
void Street::check_sold(const Machine& by) {
  core::Count sold = inside_;
  const OfficeStore::OtherLots others = sim_.office_store().other_lots();
  core::Count unknowable = sim_.truth().unknowable_debt();
  core::Count allowed =
      sim_.truth().capacity() - others.capacity + sim_.truth().debt() - unknowable - others.debt;
  unknowable += others.cars;
  // A recount has put right what was listed before, and the list is not shortened by it; what is
  // pending in a closed row is a car that is in, and still promised in its lane. The rows have a
  // correction as soon as the office has written it into its own, durable or not.
  const Settlement& settlement = sim_.the_operator().settlement();
  allowed += sim_.truth().closed_pending() - settlement.settled() - settlement.settled_on_the_way();
  for (const Lane& lane : lanes_) {
    const Share share = share_of(lane);
    sold += share.promised;
    allowed += share.allowed;
    unknowable += share.unknowable;
  }
  if (sold <= allowed) return;
  if (sold <= allowed + unknowable) {
    ++sim_.outcome().oversold_unknowable;
    return;
  }
  ++sim_.outcome().oversold;
  sim_.violate("oversold", by.name.text() + " let a car in: " + std::to_string(inside_) + " in, " +
                               std::to_string(sold) + " with those that were let in, " +
                               std::to_string(allowed + unknowable) + " allowed, capacity " +
                               std::to_string(sim_.truth().capacity()));
}

}  // namespace parking::sim
