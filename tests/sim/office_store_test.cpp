#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

class Lines : public Trace {
public:
  void line(Time, const std::string& text) override { lines_.push_back(text); }
  [[nodiscard]] bool has(const std::string& text) const {
    return std::ranges::find(lines_, text) != lines_.end();
  }
  [[nodiscard]] bool has_part(const std::string& text) const {
    return std::ranges::any_of(
        lines_, [&](const std::string& line) { return line.find(text) != std::string::npos; });
  }

private:
  std::vector<std::string> lines_;
};

Plan calm(std::vector<Fault> faults) {
  Plan plan = draw_plan(1, {.gates_min = 4, .gates_max = 4, .cars = 60, .faults = false});
  plan.faults = std::move(faults);
  return plan;
}

constexpr auto office = std::uint16_t{office_machine};

TEST(AnOfficeThatLosesItsStore, IsFollowedByOneThatTakesTheLotOver) {
  const Plan plan = calm({{.at = 6 * us_per_s,
                           .lasts = us_per_s,
                           .kind = FaultKind::lose_store,
                           .node = office,
                           .value = 3}});
  Lines lines;
  const Outcome outcome = Simulation(plan, &lines).run();
  EXPECT_FALSE(outcome.violation);
  EXPECT_TRUE(lines.has("the operator takes the lot over"));
  EXPECT_FALSE(lines.has("a second lot is created"));
  EXPECT_EQ(outcome.oversold_unknowable, 0U);
}

TEST(AnOfficeOutOfReach, CreatesASecondLotThatIsGivenUp) {
  std::vector<Fault> faults{{.at = 6 * us_per_s,
                             .lasts = us_per_s,
                             .kind = FaultKind::lose_store,
                             .node = office,
                             .value = 1}};
  for (std::uint16_t gate = 1; gate <= 4; ++gate)
    faults.push_back({.at = 6 * us_per_s,
                      .lasts = 8 * us_per_s,
                      .kind = FaultKind::reset,
                      .node = office,
                      .other = gate});
  const Plan plan = calm(std::move(faults));
  Lines lines;
  EXPECT_FALSE(Simulation(plan, &lines).run().violation);
  EXPECT_TRUE(lines.has("a second lot is created"));
  EXPECT_TRUE(lines.has("the operator moves the office's store away"));
  EXPECT_TRUE(lines.has("the operator takes the lot over"));
}

TEST(AnOfficeWithAnOlderStore, EndsAndIsReplaced) {
  const Fault put_back{
      .lasts = us_per_s, .kind = FaultKind::restore_store, .node = office, .value = 1};
  std::vector<Fault> faults{put_back, put_back};
  faults[0].at = 2100 * us_per_ms;  // the lot stands, and nothing was given
  faults[1].at = 9 * us_per_s;
  const Plan plan = calm(std::move(faults));
  Lines lines;
  EXPECT_FALSE(Simulation(plan, &lines).run().violation);
  EXPECT_TRUE(lines.has_part("office's store has ended: the store is older than a copy"));
  EXPECT_TRUE(lines.has("the operator takes the lot over"));
}

// The third gate, an exit, is called off, and a recount closes its row. All who know that lose
// their stores; then it comes back, and is the only one who knows the lot.
TEST(AnOfficeThatLosesItsStore, HasNeverClosedWhatNobodyRemembers) {
  Plan plan = draw_plan(1, {.gates_min = 3, .gates_max = 3, .cars = 100, .faults = false});
  plan.gates[2].has_entry = false;
  plan.gates[2].has_exit = true;
  for (CarPlan& car : plan.cars) {
    const bool while_off = car.arrives > 3 * us_per_s && car.arrives < 26 * us_per_s;
    car.gate = car.gate == 3 ? 1 : car.gate;
    car.exit_gate = while_off ? 1 : 3;
    car.stays = std::min<Time>(car.stays, us_per_s);
  }
  for (std::uint16_t node = 0; node < 3; ++node)
    plan.faults.push_back({.at = 18 * us_per_s,
                           .lasts = us_per_s,
                           .kind = FaultKind::lose_store,
                           .node = node,
                           .value = 4});
  constexpr std::uint64_t alone = 2U | 1U << 20U;
  constexpr std::uint64_t patient_at_the_office = 1U << 24U | 1U << 14U | 1U;
  plan.acts = {{.at = 7 * us_per_s,
                .lasts = 11500 * us_per_ms,
                .kind = ActKind::retire,
                .node = 3,
                .chance = alone},
               {.at = 11 * us_per_s, .chance = patient_at_the_office}};
  Lines lines;
  const Outcome outcome = Simulation(plan, &lines).run();
  EXPECT_FALSE(outcome.violation) << outcome.violation->rule << ": " << outcome.violation->text;
  EXPECT_TRUE(lines.has("the operator takes the lot over"));
  EXPECT_TRUE(lines.has("g3 writes a row that is open again"));
  EXPECT_EQ(outcome.recounts, 1U);
}

}  // namespace
}  // namespace parking::sim
