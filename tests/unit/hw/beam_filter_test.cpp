#include "hw/beam_filter.hpp"

#include <gtest/gtest.h>

namespace parking::hw {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp start = 1h;

BeamFilter started(bool active = false, std::chrono::milliseconds debounce = 50ms) {
  BeamFilter filter(debounce);
  filter.start(active, start);
  return filter;
}

TEST(ABeamFilter, IsUnknownUntilTheFirstLevelIsRead) {
  BeamFilter filter(50ms);
  EXPECT_EQ(filter.presence(), Presence::unknown);
  EXPECT_FALSE(filter.edge(true, start));
  EXPECT_FALSE(filter.advance(start + 1h));
  EXPECT_FALSE(filter.next_deadline());
  EXPECT_EQ(filter.presence(), Presence::unknown);
}

TEST(ABeamFilter, LetsTheFirstLevelDecideAtOnce) {
  BeamFilter filter(50ms);
  const auto change = filter.start(true, start);
  ASSERT_TRUE(change);
  EXPECT_EQ(change->presence, Presence::present);
  EXPECT_EQ(change->at, start);
  EXPECT_EQ(started(false).presence(), Presence::clear);
}

TEST(ABeamFilter, TakesALevelThatHasLastedItsDebounce) {
  auto filter = started();
  EXPECT_FALSE(filter.edge(true, start + 10ms));
  EXPECT_EQ(filter.next_deadline(), start + 60ms);
  EXPECT_FALSE(filter.advance(start + 60ms - 1ns));
  EXPECT_EQ(filter.presence(), Presence::clear);
  const auto change = filter.advance(start + 60ms);
  ASSERT_TRUE(change);
  EXPECT_EQ(change->presence, Presence::present);
  EXPECT_EQ(change->at, start + 60ms);
  EXPECT_EQ(change->began, start + 10ms);
  EXPECT_FALSE(filter.next_deadline());
}

TEST(ABeamFilter, IgnoresASpikeShorterThanItsDebounce) {
  auto filter = started();
  EXPECT_FALSE(filter.edge(true, start + 10ms));
  EXPECT_FALSE(filter.advance(start + 59ms));
  EXPECT_FALSE(filter.edge(false, start + 59ms));
  EXPECT_FALSE(filter.next_deadline());
  EXPECT_FALSE(filter.advance(start + 1s));
  EXPECT_EQ(filter.presence(), Presence::clear);
}

TEST(ABeamFilter, IgnoresAGapShorterThanItsDebounce) {
  auto filter = started(true);
  EXPECT_FALSE(filter.edge(false, start + 10ms));
  EXPECT_FALSE(filter.edge(true, start + 40ms));
  EXPECT_FALSE(filter.advance(start + 1s));
  EXPECT_EQ(filter.presence(), Presence::present);
}

TEST(ABeamFilter, CountsTheDebounceFromTheLastBounce) {
  auto filter = started();
  EXPECT_FALSE(filter.edge(true, start + 10ms));
  EXPECT_FALSE(filter.edge(false, start + 12ms));
  EXPECT_FALSE(filter.edge(true, start + 30ms));
  EXPECT_FALSE(filter.advance(start + 79ms));
  const auto change = filter.advance(start + 80ms);
  ASSERT_TRUE(change);
  EXPECT_EQ(change->began, start + 30ms);
}

TEST(ABeamFilter, CountsTheDebounceFromASpikeThatTheKernelReportedAsTwoEqualEdges) {
  auto filter = started();
  EXPECT_FALSE(filter.edge(true, start + 10ms));
  EXPECT_FALSE(filter.edge(true, start + 40ms));
  EXPECT_EQ(filter.next_deadline(), start + 90ms);
}

TEST(ABeamFilter, IgnoresASpikeThatItSeesAsTwoEqualEdgesOfTheSettledLevel) {
  auto filter = started();
  EXPECT_FALSE(filter.edge(false, start + 10ms));
  EXPECT_FALSE(filter.edge(false, start + 11ms));
  EXPECT_FALSE(filter.next_deadline());
  EXPECT_EQ(filter.presence(), Presence::clear);
}

TEST(ABeamFilter, WithoutDebounceTakesEveryEdgeAtItsOwnTime) {
  auto filter = started(false, 0ms);
  const auto on = filter.edge(true, start + 1ns);
  ASSERT_TRUE(on);
  EXPECT_EQ(on->at, start + 1ns);
  const auto off = filter.edge(false, start + 2ns);
  ASSERT_TRUE(off);
  EXPECT_EQ(off->presence, Presence::clear);
}

TEST(ABeamFilter, IgnoresEdgesFromBeforeTheLevelWasRead) {
  auto filter = started(true, 0ms);
  EXPECT_FALSE(filter.edge(false, start - 1ns));
  EXPECT_EQ(filter.presence(), Presence::present);
}

TEST(ABeamFilter, DecidesLateWhatWasDueEarlier) {
  auto filter = started();
  EXPECT_FALSE(filter.edge(true, start + 10ms));
  const auto change = filter.advance(start + 10s);
  ASSERT_TRUE(change);
  EXPECT_EQ(change->at, start + 60ms);
}

}  // namespace
}  // namespace parking::hw
