#include "hw/output.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hw/manual_clock.hpp"
#include "hw/simulated_lines.hpp"

namespace parking::hw {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Write = SimulatedLines::Write;

class AnOutput : public testing::Test {
protected:
  [[nodiscard]] bool active() const { return lines_.output("out"); }

  ManualClock clock_;
  SimulatedLines lines_{clock_, LinesSpec{.outputs = {{.line = "out"}}}};
  Timestamp start_ = clock_.now();
};
using APulse = AnOutput;
using AHold = AnOutput;

TEST_F(APulse, LeavesItsLineAloneUntilItIsOpened) {
  const PulseOutput output(lines_, clock_, OutputId{0}, 500ms);
  clock_.advance(1h);
  EXPECT_THAT(lines_.writes(), IsEmpty());
  EXPECT_EQ(output.state(), OutputState::inactive);
}

TEST_F(APulse, LastsItsLength) {
  PulseOutput output(lines_, clock_, OutputId{0}, 500ms);
  ASSERT_TRUE(output.open());
  EXPECT_EQ(output.state(), OutputState::active);
  clock_.advance(1s);
  EXPECT_EQ(output.state(), OutputState::inactive);
  EXPECT_THAT(lines_.writes(),
              ElementsAre(Write{"out", true, start_}, Write{"out", false, start_ + 500ms}));
}

TEST_F(APulse, IsLengthenedWithoutAGapWhenAskedForAgain) {
  PulseOutput output(lines_, clock_, OutputId{0}, 500ms);
  ASSERT_TRUE(output.open());
  clock_.advance(400ms);
  ASSERT_TRUE(output.open());
  clock_.advance(1s);
  EXPECT_THAT(lines_.writes(),
              ElementsAre(Write{"out", true, start_}, Write{"out", false, start_ + 900ms}));
}

TEST_F(APulse, CanBeGivenAgainAfterItEnded) {
  PulseOutput output(lines_, clock_, OutputId{0}, 500ms);
  ASSERT_TRUE(output.open());
  clock_.advance(1s);
  ASSERT_TRUE(output.open());
  EXPECT_TRUE(active());
  clock_.advance(500ms);
  EXPECT_FALSE(active());
}

TEST_F(APulse, CannotCloseAndSaysWhy) {
  PulseOutput output(lines_, clock_, OutputId{0}, 500ms);
  ASSERT_TRUE(output.open());
  const auto closed = output.close();
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().kind, ErrorKind::unsupported);
  EXPECT_THAT(closed.error().message, HasSubstr("closes by itself"));
  EXPECT_TRUE(active());
}

TEST_F(APulse, EndsWhenItsOutputIsDestroyed) {
  {
    PulseOutput output(lines_, clock_, OutputId{0}, 500ms);
    ASSERT_TRUE(output.open());
  }
  EXPECT_FALSE(active());
  clock_.advance(1s);
  EXPECT_EQ(lines_.writes().size(), 2U);
}

TEST_F(APulse, TellsOfItsBeginningAndItsEnd) {
  PulseOutput output(lines_, clock_, OutputId{0}, 500ms);
  std::vector<OutputState> states;
  output.on_change([&](OutputState state) { states.push_back(state); });
  ASSERT_TRUE(output.open());
  ASSERT_TRUE(output.open());
  clock_.advance(1s);
  EXPECT_THAT(states, ElementsAre(OutputState::active, OutputState::inactive));
}

TEST_F(APulse, AnswersWithTheErrorOfABrokenLine) {
  PulseOutput output(lines_, clock_, OutputId{0}, 500ms);
  lines_.break_lines({ErrorKind::io, "gone"});
  const auto opened = output.open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().message, "gone");
  EXPECT_EQ(output.state(), OutputState::inactive);
}

TEST_F(AHold, IsActiveFromOpenUntilClose) {
  HoldOutput output(lines_, OutputId{0});
  EXPECT_FALSE(active());
  ASSERT_TRUE(output.open());
  clock_.advance(1h);
  EXPECT_TRUE(active());
  EXPECT_EQ(output.state(), OutputState::active);
  ASSERT_TRUE(output.close());
  EXPECT_FALSE(active());
  EXPECT_EQ(output.state(), OutputState::inactive);
}

TEST_F(AHold, TakesOpenAndCloseTwice) {
  HoldOutput output(lines_, OutputId{0});
  ASSERT_TRUE(output.open());
  ASSERT_TRUE(output.open());
  ASSERT_TRUE(output.close());
  ASSERT_TRUE(output.close());
  EXPECT_EQ(lines_.writes().size(), 2U);
}

TEST_F(AHold, IsInactiveAfterItsOutputIsDestroyed) {
  {
    HoldOutput output(lines_, OutputId{0});
    ASSERT_TRUE(output.open());
  }
  EXPECT_FALSE(active());
}

}  // namespace
}  // namespace parking::hw
