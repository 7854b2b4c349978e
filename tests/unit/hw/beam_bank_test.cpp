#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hw/beam.hpp"
#include "hw/manual_clock.hpp"
#include "hw/simulated_lines.hpp"

namespace parking::hw {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

class ABeamBank : public testing::Test {
protected:
  ABeamBank() {
    first_.on_change([this](const PresenceChange& change) { note("first", change); });
    second_.on_change([this](const PresenceChange& change) { note("second", change); });
  }

  void start() {
    bank_.start();
    lines_.start();
    log_.clear();
  }
  void note(const std::string& name, const PresenceChange& change) {
    log_.push_back(name + " " + std::string(to_string(change.presence)));
    at_.push_back(change.at);
  }

  ManualClock clock_;
  SimulatedLines lines_{clock_, LinesSpec{.inputs = {{.line = "A"}, {.line = "B"}}}};
  BeamBank bank_{lines_, clock_};
  PresenceSensor& first_ = bank_.add(InputId{0}, 50ms);
  PresenceSensor& second_ = bank_.add(InputId{1}, 20ms);
  std::vector<std::string> log_;
  std::vector<Timestamp> at_;
};

TEST_F(ABeamBank, HasUnknownSensorsBeforeItStarts) {
  EXPECT_EQ(first_.presence(), Presence::unknown);
}

TEST_F(ABeamBank, ReportsTheLevelsThatItFindsAtTheStart) {
  ASSERT_TRUE(lines_.set("B", true));
  bank_.start();
  EXPECT_THAT(log_, ElementsAre("first clear", "second present"));
}

TEST_F(ABeamBank, ReportsAChangeWhenItsTimerFires) {
  start();
  ASSERT_TRUE(lines_.set("A", true));
  clock_.advance(49ms);
  EXPECT_EQ(first_.presence(), Presence::clear);
  clock_.advance(1ms);
  EXPECT_EQ(first_.presence(), Presence::present);
  EXPECT_EQ(second_.presence(), Presence::clear);
}

TEST_F(ABeamBank, LooksAtEventsThatHappenedWhileTheProcessStoodStillBeforeItDecides) {
  start();
  const Timestamp now = clock_.now();
  ASSERT_TRUE(lines_.set("A", true));
  lines_.hold_events();
  ASSERT_TRUE(lines_.set("A", false, now + 10ms));
  clock_.stall(1s);
  clock_.advance(1s);
  EXPECT_THAT(log_, ElementsAre());
  EXPECT_EQ(first_.presence(), Presence::clear);
}

TEST_F(ABeamBank, ReportsInTheOrderInWhichChangesBecameCertainHoweverLateItLooks) {
  start();
  const Timestamp now = clock_.now();
  ASSERT_TRUE(lines_.set("A", true));  // certain at 50 ms
  lines_.hold_events();
  ASSERT_TRUE(lines_.set("B", true, now + 40ms));   // certain at 60 ms
  ASSERT_TRUE(lines_.set("B", false, now + 70ms));  // certain at 90 ms
  ASSERT_TRUE(lines_.set("A", false, now + 80ms));  // certain at 130 ms
  at_.clear();
  clock_.stall(1s);
  lines_.poll();
  clock_.advance(1s);
  EXPECT_THAT(log_, ElementsAre("first present", "second present", "second clear", "first clear"));
  EXPECT_THAT(at_, ElementsAre(now + 50ms, now + 60ms, now + 90ms, now + 130ms));
}

TEST_F(ABeamBank, IsInFaultFromTheMomentItsLinesFail) {
  start();
  lines_.break_lines({ErrorKind::io, "gone"});
  bank_.fail();
  EXPECT_THAT(log_, ElementsAre("first fault", "second fault"));
  clock_.advance(1s);
  EXPECT_EQ(first_.presence(), Presence::fault);
}

TEST_F(ABeamBank, ForgetsAChangeThatWasDueWhenItsLinesFail) {
  start();
  ASSERT_TRUE(lines_.set("A", true));
  bank_.fail();
  clock_.advance(1s);
  EXPECT_EQ(first_.presence(), Presence::fault);
}

TEST_F(ABeamBank, IsInFaultWhenALevelCannotBeRead) {
  lines_.break_lines({ErrorKind::io, "gone"});
  bank_.start();
  EXPECT_EQ(first_.presence(), Presence::fault);
}

}  // namespace
}  // namespace parking::hw
