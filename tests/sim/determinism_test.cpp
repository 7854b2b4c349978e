#include <gtest/gtest.h>

#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

TEST(ASeed, GivesTheSameTraceEachTime) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Plan plan = draw_plan(seed, {});
    const Outcome first = Simulation(plan).run();
    const Outcome second = Simulation(draw_plan(seed, {})).run();
    EXPECT_EQ(first.digest, second.digest) << "seed " << seed;
    EXPECT_EQ(first.messages, second.messages) << "seed " << seed;
  }
}

TEST(ASeed, GivesTheSameTraceEachTimeOnTheProductsOwnStores) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Plan plan = draw_plan(seed, {.real_store = true});
    EXPECT_EQ(Simulation(plan).run().digest, Simulation(plan).run().digest) << "seed " << seed;
  }
}

TEST(ASeed, GivesAnotherTraceThanItsNeighbour) {
  const Outcome one = Simulation(draw_plan(1, {})).run();
  const Outcome other = Simulation(draw_plan(2, {})).run();
  EXPECT_NE(one.digest, other.digest);
}

class Counter : public Trace {
public:
  void line(Time at, const std::string& text) override {
    EXPECT_GE(at, last_);
    last_ = at;
    ++lines;
    opens += text.ends_with(" in opens") ? 1 : 0;
  }
  std::size_t lines = 0;
  std::size_t opens = 0;

private:
  Time last_ = 0;
};

TEST(ATrace, TellsEveryOpeningAndChangesNothing) {
  Counter counter;
  const Plan plan = draw_plan(3, {.faults = false});
  const Outcome traced = Simulation(plan, &counter).run();
  EXPECT_GE(counter.opens, traced.entries);
  EXPECT_GT(counter.lines, traced.messages);
  EXPECT_EQ(Simulation(plan).run().digest, traced.digest);
}

}  // namespace
}  // namespace parking::sim
