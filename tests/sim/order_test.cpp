#include <gtest/gtest.h>

#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

/// The list with the third gate is held up on its way to the first one, and the list with the
/// fourth is on its way when the first one is reached again.
Plan two_lists_around_the_end_of_a_partition(Time fourth_joins) {
  Plan plan = draw_plan(1, {.gates_min = 4, .gates_max = 4, .cars = 1, .faults = false});
  plan.delay_min = 10 * us_per_ms;
  plan.delay_max = 200 * us_per_ms;
  plan.gates[2].joins = 3 * us_per_s;
  plan.gates[3].joins = fourth_joins;
  plan.faults.push_back(
      {.at = 2 * us_per_s, .lasts = 3 * us_per_s, .kind = FaultKind::partition, .node = 1});
  plan.traffic_ends = 8 * us_per_s;
  return plan;
}

TEST(AConnectionThatWasHeldUp, KeepsItsOrder) {
  for (Time joins = 4700 * us_per_ms; joins < 5 * us_per_s; joins += 10 * us_per_ms) {
    const Plan plan = two_lists_around_the_end_of_a_partition(joins);
    const Outcome outcome = Simulation(plan).run();
    EXPECT_FALSE(outcome.violation) << "joined at " << joins << ": " << outcome.violation->rule
                                    << ": " << outcome.violation->text;
  }
}

}  // namespace
}  // namespace parking::sim
