// A gate's process ends in mid-admission and starts again.
#include <gtest/gtest.h>

#include "tests/integration/car_park.hpp"
#include "tests/support/ctl.hpp"
#include "tests/support/eventually.hpp"

namespace parking::integration {
namespace {

using core::LaneState;
using test_support::Ctl;
using test_support::eventually;

class AGateKilledWithTheBarrierOpen : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_TRUE(south.driver.drive_in());
    ASSERT_TRUE(north.driver.arrive("in"));
    ASSERT_TRUE(north.driver.sees("in", LaneState::open));
    north.program.kill();
    north.program.start();
    ASSERT_TRUE(park.is_whole());
  }

  bool all_show_pending(core::Count pending) {
    return eventually(patience, [&] {
      return north.status().lot.pending == pending && south.status().lot.pending == pending;
    });
  }

  CarPark park{4, {"north", "south"}};
  Gate& north = park.gate("north");
  Gate& south = park.gate("south");
};

TEST_F(AGateKilledWithTheBarrierOpen, HoldsTheAdmissionAndCreatesNoPermit) {
  EXPECT_TRUE(all_show_pending(1));
  const auto status = north.status();
  EXPECT_EQ(status.lanes.at(0).held, 1);
  EXPECT_EQ(status.lot.inside, 1);
  EXPECT_EQ(status.lot.free, 2);
  EXPECT_TRUE(has_alarm(status, "held"));
  EXPECT_TRUE(park.sums_add_up());
}

TEST_F(AGateKilledWithTheBarrierOpen, LetsTheNextCarInOnlyWithAPermitOfItsOwn) {
  ASSERT_TRUE(north.driver.drive_in());
  EXPECT_TRUE(all_show_pending(1));
  EXPECT_EQ(north.status().lot.inside, 2);
  EXPECT_EQ(north.status().lot.free, 1);
  EXPECT_EQ(north.status().lanes.at(0).held, 1);
}

TEST_F(AGateKilledWithTheBarrierOpen, ReturnsThePermitWhenTheOperatorSaysSo) {
  const auto settled = Ctl(north.program.socket())
                           .run({"settle", "in", "backed_out", "--reason", "the driver turned"});
  EXPECT_EQ(settled.exit_code, 0) << settled.errors;
  EXPECT_TRUE(park.all_show(1, 3));
  EXPECT_TRUE(park.sums_add_up());
  EXPECT_FALSE(has_alarm(north.status(), "held"));
}

TEST_F(AGateKilledWithTheBarrierOpen, CountsTheCarWhenTheOperatorSaysSo) {
  const auto settled =
      Ctl(north.program.socket()).run({"settle", "in", "entered", "--reason", "it stands on P2"});
  EXPECT_EQ(settled.exit_code, 0) << settled.errors;
  EXPECT_TRUE(park.all_show(2, 2));
  EXPECT_TRUE(park.sums_add_up());
}

TEST_F(AGateKilledWithTheBarrierOpen, StillHoldsItAfterAnotherRestart) {
  north.program.kill();
  north.program.start();
  EXPECT_TRUE(park.is_whole());
  EXPECT_EQ(north.status().lanes.at(0).held, 1);
  EXPECT_TRUE(park.sums_add_up());
}

TEST(AGate, CountsACarThatWasAtThePassageWhenItWasKilledAsHeld) {
  CarPark park(4, {"north", "south"});
  Gate& north = park.gate("north");
  ASSERT_TRUE(north.driver.arrive("in"));
  ASSERT_TRUE(north.driver.sees("in", LaneState::open));
  ASSERT_TRUE(north.driver.set("in", wire::LaneSensor::passage, core::Presence::present));
  ASSERT_TRUE(north.driver.sees("in", LaneState::passing));
  north.program.kill();
  north.program.start();
  ASSERT_TRUE(park.is_whole());
  EXPECT_EQ(north.status().lanes.at(0).held, 1);
  EXPECT_TRUE(park.sums_add_up());
}

TEST(AGate, KeepsItsPermitsAndItsNameForItsStoreWhenItIsKilled) {
  CarPark park(4, {"north", "south"});
  Gate& north = park.gate("north");
  const auto before = north.status();
  north.program.kill();
  north.program.start();
  ASSERT_TRUE(park.is_whole());
  EXPECT_EQ(north.status().gate.incarnation, before.gate.incarnation);
  EXPECT_EQ(north.status().gate.permits, before.gate.permits);
  EXPECT_TRUE(park.all_show(0, 4));
}

}  // namespace
}  // namespace parking::integration
