#include "hw/ultrasonic_filter.hpp"

#include <gtest/gtest.h>

namespace parking::hw {
namespace {

using namespace std::chrono_literals;

class AnUltrasonicFilter : public testing::Test {
protected:
  explicit AnUltrasonicFilter(UltrasonicSettings settings = {}) : filter_(settings) {}

  /// One measurement, answered by an echo of that width.
  void echo_us(double width) {
    EXPECT_TRUE(filter_.begin_measurement());
    now_ += 500us;
    filter_.echo(true, now_);
    const std::chrono::duration<double, std::micro> length(width);
    filter_.echo(false, now_ + std::chrono::duration_cast<Timestamp>(length));
    now_ += 60ms;
  }
  void echo_cm(double distance) { echo_us(distance * 58); }
  void echoes_cm(double distance, int count) {
    for (int i = 0; i < count; ++i) echo_cm(distance);
  }
  void silence(int count) {
    for (int i = 0; i < count; ++i) EXPECT_TRUE(filter_.begin_measurement());
  }

  UltrasonicFilter filter_;
  Timestamp now_ = 1h;
};

TEST(TheEchoScale, Is58MicrosecondsPerCentimetreAt20Degrees) {
  EXPECT_DOUBLE_EQ(echo_us_per_cm(20), 58.0);
}

TEST(TheEchoScale, GrowsInColdAirWithTheSpeedOfSound) {
  // 331.3 m/s at 0 °C against 343.42 m/s at 20 °C.
  EXPECT_NEAR(echo_us_per_cm(0), 58.0 * 343.42 / 331.3, 1e-9);
  EXPECT_NEAR(echo_us_per_cm(-20) / echo_us_per_cm(20), 343.42 / 319.18, 1e-9);
}

TEST_F(AnUltrasonicFilter, MeasuresDistanceByTheWidthOfTheEcho) {
  EXPECT_FALSE(filter_.distance_cm());
  echo_us(5800);
  EXPECT_NEAR(filter_.distance_cm().value(), 100.0, 0.01);
}

TEST_F(AnUltrasonicFilter, IsUnknownUntilEnoughReadingsAgree) {
  echoes_cm(50, 2);
  EXPECT_EQ(filter_.presence(), Presence::unknown);
  echo_cm(50);
  EXPECT_EQ(filter_.presence(), Presence::present);
}

TEST_F(AnUltrasonicFilter, IsClearWhenReadingsBeyondTheThresholdAgree) {
  echoes_cm(200, 3);
  EXPECT_EQ(filter_.presence(), Presence::clear);
}

TEST_F(AnUltrasonicFilter, TakesAnEchoTooLongForItsRangeAsNothingInRange) {
  for (int i = 0; i < 3; ++i) echo_us(38'000);
  EXPECT_EQ(filter_.presence(), Presence::clear);
}

TEST_F(AnUltrasonicFilter, IgnoresSingleOutliersInBothDirections) {
  echoes_cm(200, 3);
  for (int i = 0; i < 10; ++i) {
    echoes_cm(20, 1);
    echoes_cm(200, 1);
    EXPECT_EQ(filter_.presence(), Presence::clear);
  }
  echoes_cm(20, 3);
  for (int i = 0; i < 10; ++i) {
    echoes_cm(350, 1);
    echoes_cm(20, 1);
    EXPECT_EQ(filter_.presence(), Presence::present);
  }
}

TEST_F(AnUltrasonicFilter, DoesNotFlickerWhileReadingsStayWithinTheHysteresis) {
  echoes_cm(119, 3);
  EXPECT_EQ(filter_.presence(), Presence::present);
  echoes_cm(129, 10);
  EXPECT_EQ(filter_.presence(), Presence::present);
  echoes_cm(131, 3);
  EXPECT_EQ(filter_.presence(), Presence::clear);
  echoes_cm(121, 10);
  EXPECT_EQ(filter_.presence(), Presence::clear);
  echoes_cm(119, 3);
  EXPECT_EQ(filter_.presence(), Presence::present);
}

TEST_F(AnUltrasonicFilter, TakesNoEchoAsNoReadingAndNeverAsDistanceZero) {
  echoes_cm(200, 3);
  silence(14);
  EXPECT_EQ(filter_.presence(), Presence::clear);
  EXPECT_NEAR(filter_.distance_cm().value(), 200, 0.01);
}

TEST_F(AnUltrasonicFilter, TakesASpikeNearerThanItCanMeasureAsNoReading) {
  echoes_cm(200, 3);
  for (int i = 0; i < 5; ++i) echo_us(20);
  EXPECT_EQ(filter_.presence(), Presence::clear);
  EXPECT_NEAR(filter_.distance_cm().value(), 200, 0.01);
}

TEST_F(AnUltrasonicFilter, KeepsAgreementAcrossAMissingEcho) {
  echoes_cm(200, 3);
  echoes_cm(50, 2);
  silence(2);
  echo_cm(50);
  EXPECT_EQ(filter_.presence(), Presence::present);
}

TEST_F(AnUltrasonicFilter, IsInFaultWithoutAnEchoForAWhile) {
  echoes_cm(50, 3);
  silence(15);
  EXPECT_EQ(filter_.presence(), Presence::present);
  silence(1);
  EXPECT_EQ(filter_.presence(), Presence::fault);
}

TEST_F(AnUltrasonicFilter, IsInFaultWhenThereNeverWasAnEcho) {
  silence(15);
  EXPECT_EQ(filter_.presence(), Presence::unknown);
  silence(1);
  EXPECT_EQ(filter_.presence(), Presence::fault);
}

TEST_F(AnUltrasonicFilter, LeavesAFaultWhenReadingsAgreeAgain) {
  silence(20);
  echoes_cm(50, 2);
  EXPECT_EQ(filter_.presence(), Presence::fault);
  echo_cm(50);
  EXPECT_EQ(filter_.presence(), Presence::present);
}

TEST_F(AnUltrasonicFilter, DoesNotTriggerWhileTheEchoIsHigh) {
  EXPECT_TRUE(filter_.begin_measurement());
  filter_.echo(true, now_);
  EXPECT_FALSE(filter_.begin_measurement());
  filter_.echo(false, now_ + 100ms);
  EXPECT_TRUE(filter_.begin_measurement());
}

TEST_F(AnUltrasonicFilter, IsInFaultWhileTheEchoIsStuckHigh) {
  echoes_cm(200, 3);
  EXPECT_TRUE(filter_.begin_measurement());
  filter_.echo(true, now_);
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(filter_.begin_measurement());
  EXPECT_EQ(filter_.presence(), Presence::clear);
  EXPECT_FALSE(filter_.begin_measurement());
  EXPECT_EQ(filter_.presence(), Presence::fault);
}

TEST_F(AnUltrasonicFilter, DoesNotTakeTheEndOfAStuckEchoForAReading) {
  EXPECT_TRUE(filter_.begin_measurement());
  filter_.echo(true, now_);
  for (int i = 0; i < 10; ++i) EXPECT_FALSE(filter_.begin_measurement());
  filter_.echo(false, now_ + 600ms);
  EXPECT_FALSE(filter_.distance_cm());
  echoes_cm(200, 2);
  EXPECT_EQ(filter_.presence(), Presence::fault);
  echo_cm(200);
  EXPECT_EQ(filter_.presence(), Presence::clear);
}

TEST_F(AnUltrasonicFilter, IgnoresAnEndWithoutABeginningAndTimeThatRunsBackwards) {
  filter_.echo(false, now_);
  filter_.echo(true, now_);
  filter_.echo(false, now_);
  filter_.echo(true, now_);
  filter_.echo(false, now_ - 1ms);
  EXPECT_FALSE(filter_.distance_cm());
}

TEST_F(AnUltrasonicFilter, MeasuresFromTheLaterBeginningWhenAnEndWasMissed) {
  filter_.echo(true, now_);
  filter_.echo(true, now_ + 60ms);
  filter_.echo(false, now_ + 60ms + 2900us);
  EXPECT_NEAR(filter_.distance_cm().value(), 50, 0.01);
}

class AFilterInTheCold : public AnUltrasonicFilter {
protected:
  AFilterInTheCold() : AnUltrasonicFilter({.temperature_c = -20}) {}
};

TEST_F(AFilterInTheCold, MeasuresTheSameEchoAsNearer) {
  echo_us(5800);
  EXPECT_NEAR(filter_.distance_cm().value(), 100 * 319.18 / 343.42, 0.01);
}

}  // namespace
}  // namespace parking::hw
