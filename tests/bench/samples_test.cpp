#include "tests/bench/samples.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/bench/comparison.hpp"

namespace parking::bench {
namespace {

Samples of(std::initializer_list<int> values) {
  Samples samples;
  for (const int value : values) samples.add(Nanoseconds{value});
  return samples;
}

TEST(Samples, GiveTheLeastThatTheShareDoesNotExceed) {
  Samples samples;
  for (int value = 100; value >= 1; --value) samples.add(Nanoseconds{value});
  EXPECT_EQ(samples.p50().count(), 50);
  EXPECT_EQ(samples.p99().count(), 99);
  EXPECT_EQ(samples.at(1.0).count(), 100);
  EXPECT_EQ(samples.at(0.0).count(), 1);
}

TEST(Samples, OfAFewAreStillSamples) {
  EXPECT_EQ(of({7}).p50().count(), 7);
  EXPECT_EQ(of({7}).p99().count(), 7);
  EXPECT_EQ(of({9, 1}).p50().count(), 1);
  EXPECT_EQ(of({9, 1, 5}).p50().count(), 5);
  EXPECT_EQ(of({}).p50().count(), 0);
}

TEST(ARatio, IsMeasuredToBaseline) {
  EXPECT_DOUBLE_EQ(ratio(Nanoseconds{300}, Nanoseconds{200}), 1.5);
  EXPECT_TRUE(std::isinf(ratio(Nanoseconds{1}, Nanoseconds{0})));
}

TEST(AComparison, HasNoRatioWhenNothingWasCounted) {
  testing::internal::CaptureStdout();
  print({"one thing", {}, "another", {}, 1.5});
  EXPECT_EQ(testing::internal::GetCapturedStdout(),
            "  measured one thing: no round could be counted\n");
  testing::internal::CaptureStdout();
  print({"one thing", of({300}), "another", of({200}), 1.5});
  EXPECT_NE(testing::internal::GetCapturedStdout().find("p50 1.50"), std::string::npos);
}

}  // namespace
}  // namespace parking::bench
