#include "app/kiosk/daylight.hpp"

#include <gtest/gtest.h>

namespace parking::kiosk {
namespace {

TEST(TheNightTheme, GoesByTheClockWhenItIsAutomatic) {
  EXPECT_TRUE(is_night(ThemeChoice::automatic, QTime(0, 0)));
  EXPECT_TRUE(is_night(ThemeChoice::automatic, QTime(6, 59, 59)));
  EXPECT_FALSE(is_night(ThemeChoice::automatic, QTime(7, 0)));
  EXPECT_FALSE(is_night(ThemeChoice::automatic, QTime(18, 59, 59)));
  EXPECT_TRUE(is_night(ThemeChoice::automatic, QTime(19, 0)));
}

TEST(TheNightTheme, IgnoresTheClockWhenItIsChosen) {
  EXPECT_TRUE(is_night(ThemeChoice::night, QTime(12, 0)));
  EXPECT_FALSE(is_night(ThemeChoice::day, QTime(0, 0)));
}

}  // namespace
}  // namespace parking::kiosk
