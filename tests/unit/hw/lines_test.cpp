#include "hw/lines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hw/manual_clock.hpp"
#include "hw/simulated_lines.hpp"

namespace parking::hw {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

std::string fault_of(const LinesSpec& spec) {
  const auto result = check(spec);
  if (result) return "";
  EXPECT_EQ(result.error().kind, ErrorKind::invalid_spec);
  return result.error().message;
}

TEST(ALinesSpec, NamesEachLineOnce) {
  EXPECT_EQ(fault_of({.inputs = {{.line = "GPIO17"}}, .outputs = {{.line = "GPIO22"}}}), "");
  EXPECT_THAT(fault_of({.inputs = {{.line = "GPIO17"}}, .outputs = {{.line = "GPIO17"}}}),
              HasSubstr("GPIO17 is used twice"));
}

TEST(ALinesSpec, NamesEveryLine) {
  EXPECT_THAT(fault_of({.inputs = {{.line = ""}}}), HasSubstr("has no name"));
  EXPECT_THAT(fault_of({}), HasSubstr("no line is named"));
}

TEST(ALinesSpec, HasNoMoreLinesThanOneRequestCanHold) {
  LinesSpec spec;
  for (std::size_t i = 0; i < max_lines; ++i) spec.inputs.push_back({.line = std::to_string(i)});
  EXPECT_EQ(fault_of(spec), "");
  spec.outputs.push_back({.line = "one more"});
  EXPECT_THAT(fault_of(spec), HasSubstr("at most 64"));
}

class SimulatedLinesTest : public testing::Test {
protected:
  SimulatedLinesTest() {
    lines_.watch(InputId{1}, [this](const LineEvent& event) { events_.push_back(event); });
    lines_.start();
  }

  ManualClock clock_;
  SimulatedLines lines_{clock_, LinesSpec{.inputs = {{.line = "A"}, {.line = "B"}},
                                          .outputs = {{.line = "X"}, {.line = "Y"}}}};
  std::vector<LineEvent> events_;
};
using SimulatedInputs = SimulatedLinesTest;
using SimulatedOutputs = SimulatedLinesTest;

TEST_F(SimulatedInputs, StartInactive) {
  EXPECT_EQ(lines_.read(InputId{0}), false);
  EXPECT_EQ(lines_.read(InputId{1}), false);
}

TEST_F(SimulatedInputs, TellTheirOwnWatcherOfEachChange) {
  clock_.advance(5ms);
  ASSERT_TRUE(lines_.set("B", true));
  ASSERT_TRUE(lines_.set("B", true));
  ASSERT_TRUE(lines_.set("A", true));
  ASSERT_TRUE(lines_.set("B", false));
  ASSERT_EQ(events_.size(), 2U);
  EXPECT_EQ(events_[0].line, InputId{1});
  EXPECT_TRUE(events_[0].active);
  EXPECT_EQ(events_[0].at, clock_.now());
  EXPECT_FALSE(events_[1].active);
  EXPECT_LT(events_[0].sequence, events_[1].sequence);
  EXPECT_EQ(lines_.read(InputId{0}), true);
}

TEST_F(SimulatedInputs, AreKnownByName) {
  const auto result = lines_.set("Z", true);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::line_not_found);
  EXPECT_THAT(result.error().message, HasSubstr("Z"));
}

TEST_F(SimulatedInputs, FailOnceAndForGood) {
  int failures = 0;
  lines_.on_failure([&](const Error&) { ++failures; });
  lines_.break_lines({ErrorKind::io, "gone"});
  lines_.break_lines({ErrorKind::io, "gone"});
  EXPECT_EQ(failures, 1);
  ASSERT_TRUE(lines_.set("B", true));
  EXPECT_TRUE(events_.empty());
  EXPECT_FALSE(lines_.read(InputId{0}));
}

TEST_F(SimulatedOutputs, StartInactiveAndRecordTheirChanges) {
  EXPECT_FALSE(lines_.output("Y"));
  ASSERT_TRUE(lines_.write(OutputId{1}, true));
  ASSERT_TRUE(lines_.write(OutputId{1}, true));
  EXPECT_TRUE(lines_.output("Y"));
  EXPECT_THAT(lines_.writes(), ElementsAre(SimulatedLines::Write{"Y", true, clock_.now()}));
}

TEST_F(SimulatedOutputs, ForgetTheOldestChangesOfALongRun) {
  for (int i = 0; i < 3000; ++i) ASSERT_TRUE(lines_.write(OutputId{0}, i % 2 == 0));
  EXPECT_EQ(lines_.writes().size(), SimulatedLines::max_writes);
  EXPECT_FALSE(lines_.writes().back().active);
}

}  // namespace
}  // namespace parking::hw
