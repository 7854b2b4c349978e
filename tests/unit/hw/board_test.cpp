#include "hw/board.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hw/manual_clock.hpp"
#include "hw/simulated_board.hpp"
#include "hw/wired_board.hpp"

namespace parking::hw {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

BoardSpec example(bool lines_named) {
  const auto name = [&](const char* line) { return std::string(lines_named ? line : ""); };
  BoardSpec spec;
  spec.sensors = {{"out/approach",
                   UltrasonicSpec{.trigger = {.line = name("T1")}, .echo = {.line = name("E1")}}},
                  {"in/approach", BeamSpec{.input = {.line = name("A")}}},
                  {"far/approach",
                   UltrasonicSpec{.trigger = {.line = name("T2")}, .echo = {.line = name("E2")}}}};
  spec.inputs = {{"fire", BeamSpec{.input = {.line = name("F")}, .debounce = 20ms}}};
  spec.outputs = {{"in/barrier", PulseSpec{.line = {.line = name("P")}}},
                  {"out/barrier", HoldSpec{.line = {.line = name("H")}}}};
  return spec;
}

class AWiredBoard : public testing::Test {
protected:
  ManualClock* clock_ = new ManualClock;
  SimulatedLines* lines_ = new SimulatedLines(*clock_, lines_of(example(true)));
  WiredBoard board_{std::unique_ptr<Clock>(clock_), std::unique_ptr<Lines>(lines_), example(true)};
};

TEST_F(AWiredBoard, ConnectsEachSensorToItsOwnLine) {
  board_.start();
  EXPECT_EQ(board_.sensor("in/approach").presence(), Presence::clear);
  EXPECT_EQ(board_.input("fire").presence(), Presence::clear);
  ASSERT_TRUE(lines_->set("A", true));
  ASSERT_TRUE(lines_->set("F", true));
  clock_->advance(20ms);
  EXPECT_EQ(board_.sensor("in/approach").presence(), Presence::clear);
  EXPECT_EQ(board_.input("fire").presence(), Presence::present);
  clock_->advance(30ms);
  EXPECT_EQ(board_.sensor("in/approach").presence(), Presence::present);
}

// Nothing waits for the timer: the process that asks may have stood still.
TEST_F(AWiredBoard, TellsWhenAskedWhatHasHappenedAlready) {
  board_.start();
  std::vector<Timestamp> at;
  board_.sensor("in/approach").on_change([&](const PresenceChange& change) {
    at.push_back(change.at);
  });
  lines_->hold_events();
  const Timestamp edge = clock_->now() + 1ms;
  ASSERT_TRUE(lines_->set("A", true, edge));
  clock_->stall(5s);
  board_.poll();
  EXPECT_EQ(board_.sensor("in/approach").presence(), Presence::present);
  EXPECT_THAT(at, ElementsAre(edge + 50ms));
}

TEST_F(AWiredBoard, ConnectsEachOutputToItsOwnLine) {
  board_.start();
  ASSERT_TRUE(board_.output("in/barrier").open());
  ASSERT_TRUE(board_.output("out/barrier").open());
  EXPECT_TRUE(lines_->output("P"));
  EXPECT_TRUE(lines_->output("H"));
  clock_->advance(1s);
  EXPECT_FALSE(lines_->output("P"));
  EXPECT_TRUE(lines_->output("H"));
}

TEST_F(AWiredBoard, MeasuresWithEachUltrasonicSensorByItsOwnLines) {
  lines_->on_write([&](OutputId line, bool active) {
    if (active || line != OutputId{3}) return;  // T2; T1 stays without an answer
    const Timestamp now = clock_->now();
    (void)lines_->set("E2", true, now);
    (void)lines_->set("E2", false, now + 2900us);
  });
  board_.start();
  clock_->advance(2s);
  EXPECT_EQ(board_.sensor("far/approach").presence(), Presence::present);
  EXPECT_EQ(board_.sensor("out/approach").presence(), Presence::fault);
}

TEST_F(AWiredBoard, LetsUltrasonicSensorsTakeTurns) {
  board_.start();
  clock_->advance(1ms);
  ASSERT_EQ(lines_->writes().size(), 2U);
  EXPECT_EQ(lines_->writes()[0].line, "T1");
  clock_->advance(30ms);
  ASSERT_EQ(lines_->writes().size(), 4U);
  EXPECT_EQ(lines_->writes()[2].line, "T2");
  EXPECT_EQ(lines_->writes()[2].at - lines_->writes()[0].at, 30ms);
}

TEST_F(AWiredBoard, PutsEverySensorInFaultWhenItsLinesFail) {
  std::vector<std::string> failures;
  board_.on_failure([&](const Error& error) {
    EXPECT_EQ(board_.sensor("in/approach").presence(), Presence::fault);
    failures.push_back(error.message);
  });
  board_.start();
  lines_->break_lines({ErrorKind::io, "unplugged"});
  EXPECT_THAT(failures, ElementsAre("unplugged"));
  for (const char* name : {"in/approach", "out/approach", "far/approach"}) {
    EXPECT_EQ(board_.sensor(name).presence(), Presence::fault);
  }
  EXPECT_EQ(board_.input("fire").presence(), Presence::fault);
}

TEST_F(AWiredBoard, KnowsOnlyTheNamesOfItsSpec) {
  EXPECT_EQ(board_.find_sensor("fire"), nullptr);
  EXPECT_EQ(board_.find_input("in/approach"), nullptr);
  EXPECT_EQ(board_.find_output("in/approach"), nullptr);
  EXPECT_THROW((void)board_.sensor("nowhere"), std::out_of_range);
}

class ASimulatedBoard : public testing::Test {
protected:
  ManualClock clock_;
  SimulatedBoard board_{clock_, example(false)};
};

TEST_F(ASimulatedBoard, StartsWithClearSensorsOfEveryKindAndNeedsNoLineNames) {
  EXPECT_EQ(board_.sensor("in/approach").presence(), Presence::unknown);
  board_.start();
  EXPECT_EQ(board_.sensor("in/approach").presence(), Presence::clear);
  EXPECT_EQ(board_.sensor("out/approach").presence(), Presence::clear);
  EXPECT_EQ(board_.input("fire").presence(), Presence::clear);
}

TEST_F(ASimulatedBoard, SaysWhatItIsTold) {
  board_.start();
  std::vector<Presence> seen;
  for (const char* name : {"in/approach", "out/approach"}) {
    seen.clear();
    board_.sensor(name).on_change([&](const PresenceChange& c) { seen.push_back(c.presence); });
    for (const auto told : {Presence::present, Presence::present, Presence::fault,
                            Presence::unknown, Presence::clear}) {
      ASSERT_TRUE(board_.set_presence(name, told));
      EXPECT_EQ(board_.sensor(name).presence(), told);
    }
    EXPECT_THAT(
        seen, ElementsAre(Presence::present, Presence::fault, Presence::unknown, Presence::clear));
  }
  ASSERT_TRUE(board_.set_input("fire", Presence::present));
  EXPECT_EQ(board_.input("fire").presence(), Presence::present);
}

TEST_F(ASimulatedBoard, StartsWithWhatItWasToldBefore) {
  ASSERT_TRUE(board_.set_presence("in/approach", Presence::present));
  EXPECT_EQ(board_.sensor("in/approach").presence(), Presence::unknown);
  board_.start();
  EXPECT_EQ(board_.sensor("in/approach").presence(), Presence::present);
}

TEST_F(ASimulatedBoard, AnswersAnUnknownNameWithThoseThatExist) {
  const auto result = board_.set_presence("in/aproach", Presence::present);
  ASSERT_FALSE(result);
  EXPECT_THAT(result.error().message,
              AllOf(HasSubstr("no sensor in/aproach"), HasSubstr("in/approach, out/approach")));
  EXPECT_FALSE(board_.set_input("flood", Presence::present));
}

TEST_F(ASimulatedBoard, TellsOfItsOutputsAndRecordsThem) {
  std::vector<std::string> seen;
  board_.on_output([&](std::string_view name, bool active) {
    seen.push_back(std::string(name) + (active ? "+" : "-"));
  });
  board_.start();
  ASSERT_TRUE(board_.output("in/barrier").open());
  ASSERT_TRUE(board_.output("out/barrier").open());
  clock_.advance(1s);
  ASSERT_TRUE(board_.output("out/barrier").close());
  EXPECT_THAT(seen, ElementsAre("in/barrier+", "out/barrier+", "in/barrier-", "out/barrier-"));
  EXPECT_EQ(board_.writes().size(), 4U);
  EXPECT_EQ(board_.writes().front().line, "in/barrier");
}

TEST_F(ASimulatedBoard, CanBeDestroyedWithAnOutputOpen) {
  int told = 0;
  {
    SimulatedBoard board(clock_, example(false));
    board.on_output([&](std::string_view, bool) { ++told; });
    ASSERT_TRUE(board.output("out/barrier").open());
    ASSERT_TRUE(board.output("in/barrier").open());
  }
  clock_.advance(1s);
  EXPECT_EQ(told, 2);
}

}  // namespace
}  // namespace parking::hw
