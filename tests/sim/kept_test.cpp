#include "tests/sim/kept.hpp"

#include <gtest/gtest.h>

#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

TEST(Places, AreWrittenAsRangesAndReadAgain) {
  for (const Places& places : {Places{}, Places{0}, Places{3, 4}, Places{0, 2, 3, 4, 9, 11, 12}})
    EXPECT_EQ(places_in(to_text(places)), places) << to_text(places);
  EXPECT_EQ(to_text({0, 2, 3, 4, 9}), "0,2..4,9");
  EXPECT_EQ(to_text({}), "none");
}

TEST(Places, ThatDoNotRiseOrAreNoNumbersAreNone) {
  for (const char* text : {"", "x", "1,", ",1", "-1", "2,1", "1,1", "5..2", "1..", "..1", "1..2..3",
                           "0..2,2", "none,1", "99999999999999999999", "0..9999999999"})
    EXPECT_FALSE(places_in(text)) << text;
}

TEST(WhatIsKept, IsThePlanWithoutTheRest) {
  const Plan plan = draw_plan(5, {});
  ASSERT_GT(plan.cars.size(), 9U);
  const Plan left = keep(plan, {.cars = Places{2, 9}, .faults = Places{}, .acts = Places{}});
  ASSERT_EQ(left.cars.size(), 2U);
  EXPECT_EQ(left.cars[0].arrives, plan.cars[2].arrives);
  EXPECT_EQ(left.cars[1].arrives, plan.cars[9].arrives);
  EXPECT_TRUE(left.faults.empty());
  EXPECT_TRUE(left.acts.empty());
  EXPECT_EQ(left.gates.size(), plan.gates.size());
  EXPECT_EQ(Simulation(keep(plan, {})).run().digest, Simulation(plan).run().digest);
}

TEST(WhatIsKept, ConcernsNoGateThatIsNotThere) {
  Plan plan = draw_plan(5, {});
  ASSERT_GT(plan.gates.size(), 1U);
  plan.loss_permille = 10;
  plan.gates[0].drift_ppm = 9;
  const Plan left = keep(plan, {.gates = 1, .no_loss = true, .plain_gates = true});
  EXPECT_EQ(left.gates.size(), 1U);
  EXPECT_EQ(left.gates[0].drift_ppm, 0);
  EXPECT_EQ(left.loss_permille, 0U);
  for (const CarPlan& car : left.cars) {
    EXPECT_EQ(car.gate, 1);
    EXPECT_EQ(car.exit_gate, 1);
  }
  for (const Fault& fault : left.faults) EXPECT_LE(fault.node, 1);
}

TEST(WhatIsKept, MustBeInThePlan) {
  const Plan plan = draw_plan(5, {.cars = 20});
  EXPECT_FALSE(objection(plan, {}));
  EXPECT_FALSE(objection(plan, {.cars = Places{19}, .faults = Places{}}));
  EXPECT_EQ(objection(plan, {.cars = Places{1, 20}}),
            "--keep-cars 20: the seed has 20 of them, and the first is 0");
  EXPECT_TRUE(objection(plan, {.acts = Places{plan.acts.size()}}));
  EXPECT_TRUE(objection(plan, {.faults = Places{plan.faults.size()}}));
  EXPECT_TRUE(objection(plan, {.gates = plan.gates.size() + 1}));
}

}  // namespace
}  // namespace parking::sim
