// The operator changes what the lot is: how many spaces, and how many cars are inside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/operated_lot.hpp"

namespace parking::integration {
namespace {

using core::Count;
using core::GateState;
using core::RefusalReason;
using core::Snapshot;
using test_support::eventually;
using testing::HasSubstr;

class TheCapacity : public AnOperatedLot {
protected:
  bool becomes(Count capacity, Count wanted) {
    return everybody([=](const Snapshot& status) {
      return status.lot.capacity == capacity && status.lot.capacity_wanted == wanted;
    });
  }
};

TEST_F(TheCapacity, IsRaisedAtOnceEverywhere) {
  EXPECT_EQ(centre.run({"capacity", "8", "--reason", "two more painted"}).exit_code, 0);
  EXPECT_TRUE(becomes(8, 8)) << park.figures();
  EXPECT_TRUE(park.all_show(0, 8)) << park.figures();
}

TEST_F(TheCapacity, IsLoweredAsCarsLeave) {
  for (int car = 0; car < 4; ++car) ASSERT_TRUE(south.driver.drive_in());
  ASSERT_TRUE(park.all_show(4, 2));
  const auto outcome = centre.run({"capacity", "3", "--reason", "a crane"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.errors;
  EXPECT_THAT(outcome.output, HasSubstr("goes down to 3 spaces as cars leave"));
  EXPECT_TRUE(becomes(4, 3)) << park.figures();
  ASSERT_TRUE(north.driver.drive_out());
  EXPECT_TRUE(becomes(3, 3)) << park.figures();
  EXPECT_TRUE(park.all_show(3, 0)) << park.figures();
  ASSERT_TRUE(north.driver.drive_out());
  EXPECT_TRUE(park.all_show(2, 1)) << park.figures();
}

TEST_F(TheCapacity, SurvivesTheCentralService) {
  ASSERT_EQ(centre.run({"capacity", "9", "--reason", "three more"}).exit_code, 0);
  ASSERT_TRUE(becomes(9, 9));
  park.central().kill();
  park.central().start();
  ASSERT_TRUE(park.is_whole());
  EXPECT_TRUE(becomes(9, 9)) << park.figures();
}

class ARecount : public AnOperatedLot {
protected:
  bool held(bool yes) {
    return everybody([=](const Snapshot& status) { return status.lot.held == yes; });
  }
};

TEST_F(ARecount, BegunAtAGateHoldsEntriesEverywhereAndSetsTheCountRight) {
  ASSERT_TRUE(south.driver.drive_in());
  ASSERT_TRUE(park.all_show(1, 5));
  const auto begun = at_north.run({"recount", "begin", "--reason", "the sign is wrong"});
  EXPECT_EQ(begun.exit_code, 0) << begun.errors;
  EXPECT_THAT(begun.output, HasSubstr("parkingctl recount N --reason TEXT"));
  ASSERT_TRUE(held(true)) << park.figures();
  EXPECT_EQ(north.status().gate.state, GateState::entries_held);
  ASSERT_TRUE(south.driver.arrive("in"));
  EXPECT_TRUE(south.driver.is_refused("in", RefusalReason::entries_held));
  ASSERT_TRUE(south.driver.turn_away("in"));

  ASSERT_TRUE(taken(at_north, {"recount", "3", "--reason", "two came unseen"}));
  EXPECT_TRUE(park.all_show(3, 3)) << park.figures();
  EXPECT_TRUE(held(false)) << park.figures();
  EXPECT_TRUE(tells(park.central().link(), "recounted"));
}

TEST_F(ARecount, LetsCarsOutAndCountsThemOnTop) {
  for (int car = 0; car < 2; ++car) ASSERT_TRUE(south.driver.drive_in());
  ASSERT_TRUE(park.all_show(2, 4));
  ASSERT_EQ(centre.run({"recount", "begin"}).exit_code, 0);
  ASSERT_TRUE(held(true)) << park.figures();
  ASSERT_TRUE(north.driver.drive_out());
  EXPECT_TRUE(eventually(patience, [&] { return north.status().lot.left_since_hold == 1; }));
  EXPECT_EQ(south.status().lot.left_since_hold, 0);
  EXPECT_THAT(at_north.run({"status"}).output,
              HasSubstr("Entries are held for a recount; 1 car has left through this gate since"));
  ASSERT_TRUE(taken(centre, {"recount", "4", "--reason", "after that one"}));
  EXPECT_TRUE(park.all_show(4, 2)) << park.figures();
}

TEST_F(ARecount, CancelledAtAGateLetsEntriesGoOn) {
  ASSERT_EQ(centre.run({"recount", "begin"}).exit_code, 0);
  ASSERT_TRUE(held(true)) << park.figures();
  EXPECT_EQ(at_south.run({"recount", "cancel"}).exit_code, 0);
  EXPECT_TRUE(held(false)) << park.figures();
  EXPECT_TRUE(north.driver.drive_in());
  EXPECT_TRUE(park.all_show(1, 5)) << park.figures();
}

TEST_F(ARecount, IsNotCountedBeforeItIsBegun) {
  for (auto* at : {&centre, &at_north}) {
    const auto outcome = at->run({"recount", "3", "--reason", "r"});
    EXPECT_EQ(outcome.exit_code, 1);
    EXPECT_THAT(outcome.errors, HasSubstr("first: parkingctl recount begin"));
  }
}

TEST_F(ARecount, AtAGateTellsWhatTheCentralServiceSaysToTheNumber) {
  south.program.kill();
  ASSERT_TRUE(eventually(patience, [&] {
    return centre.run({"recount", "begin"}).exit_code == 0 && north.status().lot.held;
  }));
  const auto outcome = at_north.run({"recount", "2", "--reason", "one is off"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.errors, HasSubstr("out of reach and may be letting cars in: south"));
}

TEST_F(ARecount, AtAGateWithoutItsCentralServiceIsRefused) {
  park.central().kill();
  EXPECT_TRUE(eventually(patience, [&] {
    const auto outcome = at_north.run({"recount", "begin"});
    return outcome.exit_code == 1 &&
           outcome.errors.find("central service is not connected") != std::string::npos;
  }));
}

}  // namespace
}  // namespace parking::integration
