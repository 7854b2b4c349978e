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

}  // namespace
}  // namespace parking::sim
