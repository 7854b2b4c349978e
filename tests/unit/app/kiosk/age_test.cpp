#include "app/kiosk/age.hpp"

#include <gtest/gtest.h>

namespace parking::kiosk {
namespace {

using namespace std::chrono_literals;

TEST(AnAge, HasOneUnitAndIsRoundedDown) {
  EXPECT_EQ(age_text(1s), "1 s");
  EXPECT_EQ(age_text(40s), "40 s");
  EXPECT_EQ(age_text(59'999ms), "59 s");
  EXPECT_EQ(age_text(1min), "1 min");
  EXPECT_EQ(age_text(3min + 59s), "3 min");
  EXPECT_EQ(age_text(59min + 59s), "59 min");
  EXPECT_EQ(age_text(1h), "1 h");
  EXPECT_EQ(age_text(49h), "49 h");
}

TEST(AnAge, IsNeverBelowASecond) {
  EXPECT_EQ(age_text(0s), "1 s");
  EXPECT_EQ(age_text(999ms), "1 s");
  EXPECT_EQ(age_text(-5s), "1 s");
}

}  // namespace
}  // namespace parking::kiosk
