// One script for each row of the table of sequences, for entry lanes.
#include <gtest/gtest.h>

#include "app/core/lane.hpp"
#include "tests/unit/app/core/lane_script.hpp"

namespace parking::core {
namespace {

void entry_plays(std::string_view script) {
  const auto deviation = play({.name = "in", .direction = LaneDirection::entry}, script);
  EXPECT_FALSE(deviation) << *deviation;
}

TEST(AnEntryLane, OpensForAnAdmittedCarAndCountsItOnceItHasPassed) {
  entry_plays(R"(
    0    approach clear   ->
    0    passage  clear   ->
    1000 approach present ->
    1000 admit            ->
    1005 durable          -> open
    3000 passage  present ->
    3500 approach clear   ->
    4000 passage  clear   ->
    4799 time             ->
    4800 time             -> entered close
  )");
}

// Otherwise the permit came back while the barrier stood open for whoever came next.
TEST(AnEntryLane, GivesACarThatHasLeftTheApproachItsTimeFromWhenTheBarrierOpens) {
  entry_plays(R"(
    0     approach clear   ->
    0     passage  clear   ->
    1000  approach present ->
    1000  admit            ->
    2000  approach clear   ->
    11500 durable          -> open # the disk was slow
    21499 time             ->
    21500 time             -> backed_out close
  )");
}

TEST(AnEntryLane, TakesACarThatStandsThereAtStartForAnArrival) {
  Lane lane({.name = "in"});
  lane.approach(Presence::present, Instant{});
  EXPECT_FALSE(lane.waits()) << "the passage was not read yet";
  lane.passage(Presence::clear, Instant{});
  EXPECT_TRUE(lane.waits());
}

TEST(AnEntryLane, TakesTheNextCarBumperToBumperForAnArrivalOfItsOwn) {
  entry_plays(R"(
    0    approach clear   ->
    0    passage  clear   ->
    1000 approach present ->
    1000 admit            ->
    1005 durable          -> open
    2000 passage  present ->
    2500 approach clear   ->
    2600 approach present -> # the follower
    3000 passage  clear   ->
    3800 time             -> entered close
    3800 admit            ->
    3805 durable          -> open
  )");
}

TEST(AnEntryLane, CountsACarWhoseApproachClearedBeforeThePassageAlthoughAFollowerStandsThere) {
  entry_plays(R"(
    0    approach clear   ->
    0    passage  clear   ->
    1000 approach present ->
    1000 admit            ->
    1005 durable          -> open
    2000 approach clear   -> # between the two sensors
    2100 approach present -> # the follower
    2200 passage  present ->
    3000 passage  clear   ->
    3800 time             -> entered close
  )");
}

TEST(AnEntryLane, ReturnsThePermitOfACarThatBacksOutAfterTheWindow) {
  entry_plays(R"(
    0     approach clear   ->
    0     passage  clear   ->
    1000  approach present ->
    1000  admit            ->
    1005  durable          -> open
    3000  approach clear   ->
    12999 time             ->
    13000 time             -> backed_out close
  )");
}

TEST(AnEntryLane, NeverCancelsUnderACarAndPulsesAgainWhileItStandsThere) {
  entry_plays(R"(
    0     approach clear   ->
    0     passage  clear   ->
    1000  approach present ->
    1000  admit            ->
    1000  durable          -> open
    11000 time             -> open
    21000 time             -> open
    22000 passage  present ->
    22500 approach clear   ->
    23000 passage  clear   ->
    23800 time             -> entered close
  )");
}

TEST(AnEntryLane, DoesNotPulseForACarThatIsGone) {
  entry_plays(R"(
    0     approach clear   ->
    0     passage  clear   ->
    1000  approach present ->
    1000  admit            ->
    1000  durable          -> open
    10000 approach clear   ->
    20000 time             -> backed_out close
  )");
}

TEST(AnEntryLane, HoldsAnAdmissionWhenTheApproachNeverCleared) {
  entry_plays(R"(
    0    approach clear   ->
    0    passage  clear   ->
    1000 approach present ->
    1000 admit            ->
    1000 durable          -> open
    2000 passage  present ->
    3000 passage  clear   -> # rolled back, or a follower close behind
    3800 time             -> held close
  )");
}

TEST(AnEntryLane, CountsACrossingWithoutAPermit) {
  entry_plays(R"(
    0    approach clear   ->
    0    passage  clear   ->
    1000 approach present -> # refused, but the barrier is open
    2000 passage  present ->
    2500 approach clear   ->
    3000 passage  clear   ->
    3800 time             -> unadmitted
  )");
}

TEST(AnEntryLane, CountsNothingWhenACarComesTheWrongWay) {
  entry_plays(R"(
    0    approach clear   ->
    0    passage  clear   ->
    1000 passage  present ->
    1500 approach present ->
    2000 passage  clear   ->
    2500 approach clear   ->
    2800 time             -> out_of_order
  )");
}

TEST(AnEntryLane, CountsNothingWhenOnlyThePassageIsCovered) {
  entry_plays(R"(
    0    approach clear   ->
    0    passage  clear   ->
    1000 passage  present ->
    1200 passage  clear   ->
    2000 time             -> out_of_order
  )");
}

TEST(AnEntryLane, TakesATrailerAndItsCarForOne) {
  entry_plays(R"(
    0    approach clear   ->
    0    passage  clear   ->
    1000 approach present ->
    1000 admit            ->
    1000 durable          -> open
    2000 passage  present ->
    2500 approach clear   ->
    3000 passage  clear   ->
    3799 passage  present -> merged
    4500 passage  clear   ->
    5300 time             -> entered close
  )");
}

TEST(AnEntryLane, DoesNotMergeCarsBecauseItWasWokenLate) {
  Lane lane({.name = "in"});
  const auto at = [](int ms) { return Instant{Duration{ms}}; };
  lane.approach(Presence::clear, at(0));
  lane.passage(Presence::clear, at(0));
  lane.approach(Presence::present, at(0));
  lane.admit(at(0));
  lane.admission_durable(at(0));
  lane.passage(Presence::present, at(1000));
  lane.approach(Presence::clear, at(1500));
  lane.passage(Presence::clear, at(2000));
  const Lane::Actions actions = lane.passage(Presence::present, at(2801));
  EXPECT_EQ(actions, (Lane::Actions{LaneAction::entered, LaneAction::close_barrier}));
}

TEST(AnEntryLane, DoesNotOpenWhileASensorFails) {
  for (const std::string bad : {"fault", "unknown"}) {
    entry_plays("0 passage " + bad + " ->\n 0 approach present ->\n 30000 time ->");
    entry_plays("0 passage clear ->\n 0 approach " + bad + " ->\n 30000 time ->");
  }
  Lane lane({.name = "in"});
  lane.passage(Presence::fault, Instant{});
  lane.approach(Presence::present, Instant{});
  EXPECT_FALSE(lane.waits());
  EXPECT_EQ(lane.state(), LaneState::fault);
  lane.passage(Presence::clear, Instant{});
  EXPECT_TRUE(lane.waits());
}

TEST(AnEntryLane, HoldsAnAdmissionWhoseCarWentAwayUnseen) {
  entry_plays(R"(
    0     approach clear   ->
    0     passage  clear   ->
    1000  approach present ->
    1000  admit            ->
    1000  durable          -> open
    2000  passage  fault   -> # it may drive in now, and nobody sees it
    3000  approach clear   ->
    13000 time             -> held close
  )");
}

TEST(AnEntryLane, DoesNotPulseOnAFaultyApproach) {
  entry_plays(R"(
    0     approach clear   ->
    0     passage  clear   ->
    1000  approach present ->
    1000  admit            ->
    1000  durable          -> open
    2000  approach fault   ->
    60000 time             ->
  )");
}

TEST(AnEntryLane, CountsACarThatWasInPlainViewAgainAfterAFault) {
  entry_plays(R"(
    0    approach clear   ->
    0    passage  clear   ->
    1000 approach present ->
    1000 admit            ->
    1000 durable          -> open
    2000 passage  fault   ->
    3000 passage  clear   -> # the car still stands at the approach
    4000 passage  present ->
    4500 approach clear   ->
    5000 passage  clear   ->
    5800 time             -> entered close
  )");
}

TEST(AnEntryLane, DoesNotOpenWhenTheCarWasGoneForTheWholeWindowBeforeTheDiskAnswered) {
  entry_plays(R"(
    0     approach clear   ->
    0     passage  clear   ->
    1000  approach present ->
    1000  admit            ->
    2000  approach clear   ->
    12000 time             -> backed_out
    12500 durable          ->
  )");
}

TEST(AnEntryLane, DoesNotOpenForTheNextCarWhenTheAdmittedOneHasFollowedBeforeTheDiskAnswered) {
  entry_plays(R"(
    0    approach clear   ->
    0    passage  clear   ->
    1000 approach present ->
    1000 admit            ->
    1005 durable          -> open
    2000 passage  present ->
    2500 approach clear   ->
    2600 approach present -> # the follower
    3000 passage  clear   ->
    3800 time             -> entered close
    3800 admit            ->
    3900 passage  present -> # under the barrier that has not come down yet
    4000 approach clear   ->
    4200 passage  clear   ->
    4300 durable          ->
    4400 approach present -> # the next car finds it shut
    5000 time             -> entered
  )");
}

TEST(AnEntryLane, OpensForAnAdmittedCarThatStandsAtThePassageWhenTheDiskAnswers) {
  entry_plays(R"(
    0    approach clear   ->
    0    passage  clear   ->
    1000 approach present ->
    1000 admit            ->
    1500 passage  present ->
    2000 durable          -> open
    2500 approach clear   ->
    3000 passage  clear   ->
    3800 time             -> entered close
  )");
}

TEST(AnEntryLane, CountsTheCarAtThePassageAtStartWhateverTheOrderOfTheFirstReadings) {
  entry_plays(R"(
    0    time             ->
    0    resume           ->
    10   approach clear   ->
    2000 passage  clear   ->
    2800 time             -> entered
  )");
  entry_plays(R"(
    0    approach present -> # the next car
    0    resume           ->
    2000 passage  clear   ->
    2800 time             -> entered
  )");
}

}  // namespace
}  // namespace parking::core
