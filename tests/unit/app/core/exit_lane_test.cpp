// One script for each row of the table of sequences, for exit lanes.
#include <gtest/gtest.h>

#include "app/core/lane.hpp"
#include "tests/unit/app/core/lane_script.hpp"

namespace parking::core {
namespace {

void exit_plays(std::string_view script) {
  const auto deviation = play({.name = "out", .direction = LaneDirection::exit}, script);
  EXPECT_FALSE(deviation) << *deviation;
}

TEST(AnExitLane, OpensAtOnceAndCountsTheCarOnceItHasPassed) {
  exit_plays(R"(
    0    approach clear   ->
    0    passage  clear   ->
    1000 approach present -> open
    2000 passage  present ->
    2500 approach clear   ->
    3000 passage  clear   ->
    3800 time             -> left close
  )");
}

TEST(AnExitLane, OpensForEachOfTwoCarsBumperToBumper) {
  exit_plays(R"(
    0    approach clear   ->
    0    passage  clear   ->
    1000 approach present -> open
    2000 passage  present ->
    2500 approach clear   ->
    2600 approach present ->
    3000 passage  clear   ->
    3800 time             -> left close open
    4000 passage  present ->
    4500 approach clear   ->
    5000 passage  clear   ->
    5800 time             -> left close
  )");
}

TEST(AnExitLane, ClosesWithoutACountWhenTheCarGoesAway) {
  exit_plays(R"(
    0     approach clear   ->
    0     passage  clear   ->
    1000  approach present -> open
    2000  approach clear   ->
    12000 time             -> close
  )");
}

TEST(AnExitLane, CountsNothingWhenTheApproachNeverCleared) {
  exit_plays(R"(
    0    approach clear   ->
    0    passage  clear   ->
    1000 approach present -> open
    2000 passage  present ->
    3000 passage  clear   ->
    3800 time             -> undecided close open
  )");
}

TEST(AnExitLane, CountsNothingWhenOnlyThePassageIsCovered) {
  exit_plays(R"(
    0    approach clear   ->
    0    passage  clear   ->
    1000 passage  present ->
    1200 passage  clear   ->
    2000 time             -> out_of_order
  )");
}

TEST(AnExitLane, TakesATrailerAndItsCarForOne) {
  exit_plays(R"(
    0    approach clear   ->
    0    passage  clear   ->
    1000 approach present -> open
    2000 passage  present ->
    2500 approach clear   ->
    3000 passage  clear   ->
    3500 passage  present -> merged
    4000 passage  clear   ->
    4800 time             -> left close
  )");
}

TEST(AnExitLane, OpensOnAFaultyApproachButMintsNoExit) {
  exit_plays(R"(
    0     approach clear   ->
    0     passage  clear   ->
    1000  approach fault   -> open
    2000  passage  present ->
    3000  passage  clear   ->
    3800  time             -> undecided close open
    13800 time             -> open
  )");
}

TEST(AnExitLane, OpensOnAFaultyPassage) {
  exit_plays(R"(
    0     approach clear   ->
    0     passage  fault   -> open
  )");
}

TEST(AnExitLane, MintsNoExitForACarThatNobodySawComeWhileTheApproachFailed) {
  exit_plays(R"(
    0     approach clear   ->
    0     passage  clear   ->
    1000  approach fault   -> open
    2000  approach clear   ->
    3000  passage  present ->
    4000  passage  clear   ->
    4800  time             -> undecided close
  )");
}

TEST(AnExitLane, OpensForACarThatStandsAtEitherSensorAtStart) {
  exit_plays(R"(
    0    approach present -> open
    0    passage  clear   ->
    1000 passage  present ->
    1500 approach clear   ->
    2000 passage  clear   ->
    2800 time             -> left close
  )");
  exit_plays(R"(
    0    approach clear   ->
    0    passage  present -> open
    2000 passage  clear   ->
    2800 time             -> out_of_order close
  )");
}

}  // namespace
}  // namespace parking::core
