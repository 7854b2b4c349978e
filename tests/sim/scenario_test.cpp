#include <gtest/gtest.h>

#include "tests/sim/campaign.hpp"

namespace parking::sim {
namespace {

void expect_clean(const Campaign& campaign) {
  const Result result = run(campaign);
  EXPECT_EQ(result.seeds, campaign.seeds);
  EXPECT_GT(result.sum.entries, 0U);
  EXPECT_EQ(result.sum.oversold, 0U);
  for (const Failure& failure : result.failures)
    ADD_FAILURE() << "seed " << failure.seed << " broke \"" << failure.violation.rule
                  << "\": " << failure.violation.text << "; replay with parking-sim --seed "
                  << failure.seed << " --trace";
}

TEST(ACarPark, KeepsItsRulesWithoutFaults) {
  expect_clean({.seeds = 50, .wishes = {.faults = false}});
}

TEST(ACarPark, CountsEachCrossingWithoutFaults) {
  EXPECT_EQ(run({.seeds = 30, .wishes = {.faults = false}}).sum.listed, 0U);
}

TEST(ACarPark, SaysHowManyCrossingsWereLost) {
  const Result result = run({.first_seed = 3,
                             .seeds = 1,
                             .wishes = {.cars = 20, .faults = false, .plant_failure = true}});
  ASSERT_EQ(result.failures.size(), 1U);
  EXPECT_GT(result.sum.lost + result.sum.oversold, 0U);
}

TEST(ACarPark, KeepsItsRulesWhateverFails) {
  expect_clean({.seeds = 300});
}

TEST(ACarPark, KeepsItsRulesOnTheProductsOwnStores) {
  expect_clean({.seeds = 60, .wishes = {.real_store = true}});
}

TEST(ACarPark, KeepsItsRulesWithManyGates) {
  expect_clean({.first_seed = 200, .seeds = 1, .wishes = {.cars = 60}});
}

}  // namespace
}  // namespace parking::sim
