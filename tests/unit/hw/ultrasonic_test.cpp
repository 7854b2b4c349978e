#include "hw/ultrasonic.hpp"

#include <gtest/gtest.h>

#include "hw/manual_clock.hpp"
#include "hw/simulated_lines.hpp"

namespace parking::hw {
namespace {

using namespace std::chrono_literals;

/// Answers each trigger with an echo, as the module does.
class AnUltrasonicSensor : public testing::Test {
protected:
  AnUltrasonicSensor() {
    sensor_.on_change([this](const PresenceChange& change) { last_ = change; });
    lines_.on_write([this](OutputId, bool active) {
      if (active) {
        trigger_began_.push_back(clock_.now());
        return;
      }
      trigger_ended_.push_back(clock_.now());
      if (distance_cm_) answer();
    });
    lines_.start();
  }

  void answer() {
    const auto width = std::chrono::microseconds(static_cast<int>(*distance_cm_ * 58));
    rising_->set(clock_.now() + 450us, [this] { (void)lines_.set("echo", true); });
    falling_->set(clock_.now() + 450us + width, [this] { (void)lines_.set("echo", false); });
  }

  ManualClock clock_;
  SimulatedLines lines_{clock_,
                        LinesSpec{.inputs = {{.line = "echo"}}, .outputs = {{.line = "trigger"}}}};
  UltrasonicSensor sensor_{
      lines_, clock_, OutputId{0}, InputId{0}, UltrasonicSettings{}, UltrasonicTiming{}};
  std::unique_ptr<Alarm> rising_ = clock_.make_alarm();
  std::unique_ptr<Alarm> falling_ = clock_.make_alarm();
  std::optional<double> distance_cm_;
  std::optional<PresenceChange> last_;
  std::vector<Timestamp> trigger_began_;
  std::vector<Timestamp> trigger_ended_;
};

TEST_F(AnUltrasonicSensor, TriggersForTenMicrosecondsEverySixtyMilliseconds) {
  sensor_.start(0ms);
  clock_.advance(200ms);
  ASSERT_EQ(trigger_began_.size(), 4U);
  ASSERT_EQ(trigger_ended_.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(trigger_ended_[i] - trigger_began_[i], 10us);
  for (std::size_t i = 1; i < 4; ++i) EXPECT_EQ(trigger_began_[i] - trigger_began_[i - 1], 60ms);
}

TEST_F(AnUltrasonicSensor, WaitsItsDelayBeforeTheFirstTrigger) {
  sensor_.start(30ms);
  clock_.advance(29ms);
  EXPECT_TRUE(trigger_began_.empty());
  clock_.advance(1ms);
  EXPECT_EQ(trigger_began_.size(), 1U);
}

TEST_F(AnUltrasonicSensor, ReportsWhatItMeasures) {
  distance_cm_ = 80;
  sensor_.start(0ms);
  clock_.advance(100ms);
  EXPECT_EQ(sensor_.presence(), Presence::unknown);
  clock_.advance(100ms);
  EXPECT_EQ(sensor_.presence(), Presence::present);
  EXPECT_NEAR(sensor_.distance_cm().value(), 80, 0.1);
  distance_cm_ = 300;
  clock_.advance(200ms);
  EXPECT_EQ(last_->presence, Presence::clear);
}

TEST_F(AnUltrasonicSensor, KeepsTriggersApartAlsoAfterTheProcessStoodStill) {
  distance_cm_ = 80;
  sensor_.start(0ms);
  clock_.advance(200ms);
  clock_.stall(500ms);
  clock_.advance(200ms);
  for (std::size_t i = 1; i < trigger_began_.size(); ++i) {
    EXPECT_GE(trigger_began_[i] - trigger_began_[i - 1], 60ms);
  }
  EXPECT_EQ(sensor_.presence(), Presence::present);
}

TEST_F(AnUltrasonicSensor, IsInFaultWhenNothingAnswersAndRecovers) {
  sensor_.start(0ms);
  clock_.advance(1s);
  EXPECT_EQ(sensor_.presence(), Presence::fault);
  distance_cm_ = 300;
  clock_.advance(300ms);
  EXPECT_EQ(sensor_.presence(), Presence::clear);
}

TEST_F(AnUltrasonicSensor, IsInFaultWhenItsEchoIsStuckFromTheStart) {
  ASSERT_TRUE(lines_.set("echo", true));
  sensor_.start(0ms);
  clock_.advance(1s);
  EXPECT_EQ(sensor_.presence(), Presence::fault);
  EXPECT_TRUE(trigger_began_.empty());
}

TEST_F(AnUltrasonicSensor, IsInFaultForGoodWhenItsLinesFail) {
  distance_cm_ = 80;
  sensor_.start(0ms);
  clock_.advance(200ms);
  lines_.break_lines({ErrorKind::io, "gone"});
  clock_.advance(200ms);
  EXPECT_EQ(sensor_.presence(), Presence::fault);
}

}  // namespace
}  // namespace parking::hw
