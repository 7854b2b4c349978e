#include "tests/sim/shrink.hpp"

#include <gtest/gtest.h>

#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

TEST(Shrinking, LeavesLittleOfAPlantedFailure) {
  const Plan plan = draw_plan(5, {.plant_failure = true});
  const Outcome broken = Simulation(plan).run();
  ASSERT_TRUE(broken.violation);
  const Shrunk smaller = shrink(plan, broken.violation->rule, 400);
  EXPECT_LE(smaller.plan.cars.size(), plan.cars.size() / 4);
  EXPECT_LE(smaller.plan.faults.size(), plan.faults.size());
  const Outcome again = Simulation(smaller.plan).run();
  ASSERT_TRUE(again.violation);
  EXPECT_EQ(again.violation->rule, broken.violation->rule);
}

TEST(Shrinking, SaysWhatItKeptOfThePlan) {
  const Plan plan = draw_plan(5, {.plant_failure = true});
  const Outcome broken = Simulation(plan).run();
  ASSERT_TRUE(broken.violation);
  const Shrunk smaller = shrink(plan, broken.violation->rule, 400);
  ASSERT_TRUE(smaller.kept.cars);
  EXPECT_EQ(smaller.kept.cars->size(), smaller.plan.cars.size());
  EXPECT_EQ(Simulation(keep(plan, smaller.kept)).run().digest,
            Simulation(smaller.plan).run().digest);
}

TEST(Shrinking, NamesNothingThatItKeptWhole) {
  const Plan plan = draw_plan(5, {.plant_failure = true});
  EXPECT_EQ(shrink(plan, "oversold", 0).kept, Kept{});
}

TEST(Shrinking, StopsAfterItsRuns) {
  const Plan plan = draw_plan(5, {.plant_failure = true});
  const Outcome broken = Simulation(plan).run();
  ASSERT_TRUE(broken.violation);
  EXPECT_LE(shrink(plan, broken.violation->rule, 10).runs, 10U);
}

TEST(APlan, IsToldInWords) {
  Plan plan = draw_plan(5, {});
  plan.faults = {{.at = us_per_s, .lasts = us_per_s, .kind = FaultKind::crash, .node = 2}};
  EXPECT_NE(describe(plan).find("1.000 s  crash node 2"), std::string::npos);
}

}  // namespace
}  // namespace parking::sim
