#include <string>

#include <gtest/gtest.h>

#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

class Recounts : public Trace {
public:
  void line(Time, const std::string& text) override {
    exact += text.starts_with("recounted: off by 0,") ? 1 : 0;
    undone += text.starts_with("listed: g2 out") && !text.ends_with(" 0 undone") ? 1 : 0;
  }
  int exact = 0;
  int undone = 0;
};

// Cars that come early leave by g2, which counts them in memory alone because its disk has failed.
// Then it is called off, and the cars are counted.
TEST(ARecount, HoldsForExitsThatACrashTookBackBeforeTheNumber) {
  Plan plan = draw_plan(1, {.gates_min = 4, .gates_max = 4, .cars = 100, .faults = false});
  for (CarPlan& car : plan.cars) {
    const bool early = car.arrives < 8 * us_per_s;
    car.exit_gate = early ? 2 : 1;
    if (early) car.stays = 2 * us_per_s;
  }
  plan.faults = {{.at = 4 * us_per_s, .lasts = us_per_s, .kind = FaultKind::disk_error, .node = 2}};
  constexpr std::uint64_t alone = 2U | 1U << 20U;
  constexpr std::uint64_t at_once = 1U << 8U | 1U << 14U;
  plan.acts = {{.at = 14 * us_per_s,
                .lasts = 4 * us_per_s,
                .kind = ActKind::retire,
                .node = 2,
                .chance = alone},
               {.at = 15 * us_per_s, .kind = ActKind::recount, .node = 1, .chance = at_once}};
  Recounts recounts;
  const Outcome outcome = Simulation(plan, &recounts).run();
  EXPECT_FALSE(outcome.violation) << outcome.violation->text;
  EXPECT_GT(recounts.undone, 0);
  EXPECT_GT(recounts.exact, 0);
}

// All hold their entries; then g2's disk fails, and it counts the cars that leave in memory alone.
// After the number it loses its store.
TEST(ARecount, HoldsForExitsThatACrashTakesBackAfterTheNumber) {
  Plan plan = draw_plan(1, {.gates_min = 4, .gates_max = 4, .cars = 100, .faults = false});
  for (CarPlan& car : plan.cars) car.exit_gate = 2;
  plan.faults = {
      {.at = 8400 * us_per_ms, .lasts = us_per_s, .kind = FaultKind::disk_error, .node = 2},
      {.at = 13 * us_per_s, .lasts = us_per_s, .kind = FaultKind::lose_store, .node = 2}};
  constexpr std::uint64_t patient_at_the_office = 1U << 24U | 1U << 14U | 1U;
  plan.acts = {{.at = 8 * us_per_s, .chance = patient_at_the_office}};
  Recounts recounts;
  const Outcome outcome = Simulation(plan, &recounts).run();
  EXPECT_FALSE(outcome.violation) << outcome.violation->text;
  EXPECT_GE(outcome.listed, 3U);
  EXPECT_EQ(recounts.exact, 1);
}

}  // namespace
}  // namespace parking::sim
