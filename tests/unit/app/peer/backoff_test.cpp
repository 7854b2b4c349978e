#include "app/peer/backoff.hpp"

#include <gtest/gtest.h>

namespace parking::peer {
namespace {

using std::chrono::milliseconds;

core::Random always(std::uint64_t value) {
  return [value] { return value; };
}

TEST(ABackoff, DoublesUpToItsCap) {
  Backoff backoff(always(0));  // no jitter: half of each step
  for (const int expected : {50, 100, 200, 400, 800, 1600, 2500, 2500, 2500})
    EXPECT_EQ(backoff.next(), milliseconds(expected));
}

TEST(ABackoff, WaitsBetweenHalfAndAllOfItsStep) {
  std::uint64_t seed = 1;
  Backoff backoff([&seed] { return seed = seed * 6364136223846793005U + 1442695040888963407U; });
  milliseconds step{100};
  for (int i = 0; i < 1000; ++i) {
    const milliseconds wait = backoff.next();
    EXPECT_GE(wait, step / 2);
    EXPECT_LE(wait, step);
    step = std::min(step * 2, milliseconds(5000));
  }
}

TEST(ABackoff, ReachesBothEndsOfItsJitter) {
  EXPECT_EQ(Backoff(always(50)).next(), milliseconds(100));
  EXPECT_EQ(Backoff(always(51)).next(), milliseconds(50));
}

TEST(ABackoff, BeginsAnewAfterAReset) {
  Backoff backoff(always(0));
  for (int i = 0; i < 10; ++i) backoff.next();
  backoff.reset();
  EXPECT_EQ(backoff.next(), milliseconds(50));
}

TEST(ABackoff, KeepsTheLimitsItIsGiven) {
  Backoff backoff(always(0), {.first = milliseconds(2), .longest = milliseconds(4)});
  for (const int expected : {1, 2, 2}) EXPECT_EQ(backoff.next(), milliseconds(expected));
}

}  // namespace
}  // namespace parking::peer
