#include <gtest/gtest.h>

#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

/// Cars drive in through the second gate and out through the first, which has no entry.
Plan leaving_by_an_exit_gate(const std::vector<Time>& arrivals) {
  Plan plan = draw_plan(1, {.gates_min = 4, .gates_max = 4, .cars = 1, .faults = false});
  plan.gates[0].has_entry = false;
  plan.gates[0].has_exit = plan.gates[1].has_entry = true;
  plan.cars.clear();
  for (const Time arrives : arrivals)
    plan.cars.push_back({.arrives = arrives,
                         .patience = 30 * us_per_s,
                         .stays = us_per_s,
                         .gate = 2,
                         .exit_gate = 1});
  plan.traffic_ends = 20 * us_per_s;
  return plan;
}

/// The first gate's store is kept, put back a second later, and lost when the car that left since
/// was counted, but its permit not given away yet.
void put_back_and_lose(Plan& plan, Time kept) {
  const auto strike = [&plan](Time at, FaultKind kind) {
    plan.faults.push_back({.at = at, .lasts = us_per_s, .kind = kind, .node = 1});
  };
  strike(kept, FaultKind::restore_store);
  strike(kept + us_per_s, FaultKind::restore_store);
  strike(kept + 3500 * us_per_ms, FaultKind::lose_store);
}

void expect_clean(const Plan& plan) {
  const Outcome outcome = Simulation(plan).run();
  EXPECT_FALSE(outcome.violation) << outcome.violation->rule << ": " << outcome.violation->text;
}

// A gate that was never given a permit has no row before its first car has left: the store that is
// put back is the one that was there, and nobody contradicts what it writes.
TEST(AStoreThatIsPutBackAndLost, CountsWithWhatTheOfficeHeardThoughItHadNoRowBefore) {
  Plan plan = leaving_by_an_exit_gate({2500 * us_per_ms});
  put_back_and_lose(plan, 2 * us_per_s);
  expect_clean(plan);
}

TEST(AStoreThatIsPutBackAndLost, CountsWithWhatTheOfficeHeardOfARowThatWentOn) {
  Plan plan = leaving_by_an_exit_gate({2500 * us_per_ms, 9500 * us_per_ms});
  put_back_and_lose(plan, 9 * us_per_s);
  expect_clean(plan);
}

// The car's exit was not seen, and then the office's store is put back. Nobody has heard of what it
// lacks, so it goes on, and its recount settles the car.
TEST(AnOfficeThatIsPutBack, RecountsTheCarsThatNobodyCounted) {
  Plan plan = leaving_by_an_exit_gate({2500 * us_per_ms});
  constexpr std::uint16_t passage_of_exit = 3;
  plan.faults.push_back({.at = 3 * us_per_s,
                         .lasts = 5 * us_per_s,
                         .kind = FaultKind::miss_edge,
                         .node = 1,
                         .other = passage_of_exit,
                         .value = 8});
  for (const Time at : {9 * us_per_s, 10 * us_per_s})
    plan.faults.push_back(
        {.at = at, .lasts = us_per_s, .kind = FaultKind::restore_store, .node = 0, .value = 1});
  constexpr std::uint64_t patient_at_the_office = 1U << 24U | 1U << 10U | 1U;
  plan.acts.push_back({.at = 15 * us_per_s, .chance = patient_at_the_office});
  const Outcome outcome = Simulation(plan).run();
  EXPECT_FALSE(outcome.violation) << outcome.violation->rule << ": " << outcome.violation->text;
  EXPECT_EQ(outcome.recounts, 1U);
  EXPECT_EQ(outcome.listed, 1U);
}

}  // namespace
}  // namespace parking::sim
