// The race that permits are for: two cars, one space.
#include <algorithm>
#include <array>
#include <functional>
#include <latch>
#include <thread>

#include <gtest/gtest.h>

#include "tests/integration/car_park.hpp"
#include "tests/support/eventually.hpp"

namespace parking::integration {
namespace {

using core::LaneState;
using test_support::eventually;

constexpr int rounds = 200;
constexpr core::Count capacity = 3;

void at_the_same_instant(const std::function<void()>& one, const std::function<void()>& other) {
  std::latch start(2);
  std::jthread beside([&] {
    start.arrive_and_wait();
    other();
  });
  start.arrive_and_wait();
  one();
}

LaneState entry_of(Gate& gate) {
  return gate.driver.lane("in").value_or(core::LaneView{}).state;
}

int openings_of(const Gate& gate) {
  return gate.program.logged("lane in: barrier opens");
}

class TheLastSpace : public testing::Test {
protected:
  /// Two cars arrive; returns the gate that lets its car in, after it has passed and the other car
  /// has gone. Null, with a failure, when not exactly one opens.
  Gate* compete() {
    const int before = openings_of(north) + openings_of(south);
    at_the_same_instant([&] { north.driver.arrive("in"); }, [&] { south.driver.arrive("in"); });
    const bool decided = eventually(patience, [&] {
      const std::array states{entry_of(north), entry_of(south)};
      return std::ranges::count(states, LaneState::open) == 2 ||
             (std::ranges::count(states, LaneState::open) == 1 &&
              std::ranges::count(states, LaneState::refused) == 1);
    });
    if (!decided || openings_of(north) + openings_of(south) != before + 1) {
      ADD_FAILURE() << "not exactly one was let in:\n" << park.figures();
      return nullptr;
    }
    const bool north_wins = entry_of(north) == LaneState::open;
    Gate& winner = north_wins ? north : south;
    Gate& loser = north_wins ? south : north;
    const bool gone = winner.driver.pass("in") && loser.driver.turn_away("in") &&
                      winner.driver.sees("in", LaneState::idle) &&
                      loser.driver.sees("in", LaneState::idle);
    EXPECT_TRUE(gone);
    return gone ? &winner : nullptr;
  }

  CarPark park{capacity, {"north", "south", "west"}};
  Gate& north = park.gate("north");
  Gate& south = park.gate("south");
  std::array<const char*, 3> exits{"north", "south", "west"};
};

TEST_F(TheLastSpace, IsTakenByExactlyOneOfTwoCarsThatArriveAtTheSameInstant) {
  ASSERT_TRUE(north.driver.drive_in());
  ASSERT_TRUE(south.driver.drive_in());
  ASSERT_TRUE(park.all_show(2, 1));
  int wins_of_north = 0;
  for (int round = 0; round < rounds; ++round) {
    SCOPED_TRACE(round);
    Gate* const winner = compete();
    ASSERT_NE(winner, nullptr);
    if (winner == &north) ++wins_of_north;
    ASSERT_TRUE(park.all_show(capacity, 0));
    // Whoever counts the exit holds the last permit of the next round.
    const auto* exit = exits[static_cast<std::size_t>(round) % exits.size()];
    ASSERT_TRUE(park.gate(exit).driver.drive_out());
  }
  EXPECT_TRUE(park.all_show(capacity - 1, 1));
  EXPECT_TRUE(park.sums_add_up());
  EXPECT_EQ(openings_of(north) + openings_of(south), 2 + rounds);
  RecordProperty("wins_of_north", wins_of_north);
}

}  // namespace
}  // namespace parking::integration
