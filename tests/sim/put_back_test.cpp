#include <gtest/gtest.h>

#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

/// One car drives in through the second gate and out through the first, which has no entry.
Plan one_car() {
  Plan plan = draw_plan(1, {.gates_min = 4, .gates_max = 4, .cars = 1, .faults = false});
  plan.gates[0].has_entry = false;
  plan.gates[0].has_exit = plan.gates[1].has_entry = true;
  plan.cars = {{.arrives = 2500 * us_per_ms,
                .patience = 30 * us_per_s,
                .stays = us_per_s,
                .gate = 2,
                .exit_gate = 1}};
  plan.traffic_ends = 20 * us_per_s;
  return plan;
}

// A gate that was never given a permit has no row before its first car has left: the store that is
// put back is the one that was there, and nobody contradicts what it writes. Here it is lost before
// it gives the car's permit away.
TEST(AStoreThatIsPutBackAndLost, CountsWithWhatTheOfficeHeardThoughItHadNoRowBefore) {
  Plan plan = one_car();
  const auto strike = [&plan](Time at, FaultKind kind) {
    plan.faults.push_back({.at = at, .lasts = us_per_s, .kind = kind, .node = 1});
  };
  strike(2 * us_per_s, FaultKind::restore_store);  // keeps it
  strike(3 * us_per_s, FaultKind::restore_store);
  strike(5500 * us_per_ms, FaultKind::lose_store);
  const Outcome outcome = Simulation(plan).run();
  EXPECT_FALSE(outcome.violation) << outcome.violation->rule << ": " << outcome.violation->text;
}

}  // namespace
}  // namespace parking::sim
