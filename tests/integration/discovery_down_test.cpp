// No single machine's loss stops the gates: the central service is killed and comes back.
#include <csignal>

#include <gtest/gtest.h>

#include "tests/integration/car_park.hpp"
#include "tests/support/eventually.hpp"

namespace parking::integration {
namespace {

using core::GateState;
using core::LinkState;
using test_support::eventually;

TEST(WithoutDiscovery, EntriesAndExitsGoOn) {
  CarPark park(6, {"north", "south", "west"});
  park.central().kill();
  for (const auto* id : {"north", "south", "west"}) ASSERT_TRUE(park.gate(id).driver.drive_in());
  ASSERT_TRUE(park.gate("south").driver.drive_out());
  EXPECT_TRUE(park.all_show(2, 4));
}

TEST(WithoutDiscovery, AGateThatHasNoPermitGetsOneFromAPeer) {
  CarPark park(2, {"north", "south"});
  park.central().kill();
  ASSERT_TRUE(park.gate("north").driver.drive_in());
  ASSERT_TRUE(park.gate("north").driver.drive_in());
  EXPECT_TRUE(park.all_show(2, 0));
}

TEST(WithoutDiscovery, AllGatesComeBackByThemselvesAfterAPowerCut) {
  CarPark park(3, {"north", "south", "west"});
  ASSERT_TRUE(park.gate("west").driver.drive_in());
  ASSERT_TRUE(park.all_show(1, 2));
  park.central().kill();
  for (const auto* id : {"north", "south", "west"}) park.gate(id).program.kill();
  for (const auto* id : {"north", "south", "west"}) park.gate(id).program.launch();
  for (const auto* id : {"north", "south", "west"}) park.gate(id).program.await_answer();
  EXPECT_TRUE(park.is_whole());
  ASSERT_TRUE(park.gate("north").driver.drive_in());
  EXPECT_TRUE(park.all_show(2, 1));
}

TEST(WithoutDiscovery, AGateThatStartsJoinsByTheListItHasStored) {
  CarPark park(6, {"north", "south", "west"});
  ASSERT_TRUE(park.gate("west").driver.drive_in());
  ASSERT_TRUE(park.all_show(1, 5));
  park.central().kill();
  Gate& west = park.gate("west");
  ASSERT_EQ(west.program.stop(), 0);
  ASSERT_TRUE(park.gate("north").driver.drive_in());
  west.program.start();
  EXPECT_TRUE(park.is_whole());
  EXPECT_TRUE(park.all_show(2, 4));
  EXPECT_EQ(west.status().lot.name, "Riverside");
  EXPECT_TRUE(west.driver.drive_in());
  EXPECT_TRUE(park.all_show(3, 3));
}

TEST(Discovery, TakesItsGatesBackWhenItReturns) {
  CarPark park(6, {"north", "south", "west"});
  park.central().kill();
  ASSERT_TRUE(park.gate("north").driver.drive_in());
  EXPECT_TRUE(eventually(
      patience, [&] { return park.gate("north").status().discovery.state != LinkState::alive; }));
  park.central().start();
  EXPECT_TRUE(park.is_whole());
  EXPECT_TRUE(park.all_show(1, 5));
  EXPECT_TRUE(park.sums_add_up());
  EXPECT_EQ(park.central().status().gate.state, GateState::in_service);
}

TEST(Discovery, IsNoDonorAndNoObstacleWhenItReturnsToAFullLot) {
  CarPark park(2, {"north", "south"});
  park.central().kill();
  ASSERT_TRUE(park.gate("north").driver.drive_in());
  ASSERT_TRUE(park.gate("south").driver.drive_in());
  park.central().start();
  EXPECT_TRUE(park.is_whole());
  EXPECT_TRUE(park.all_show(2, 0));
  ASSERT_TRUE(park.gate("south").driver.arrive("in"));
  EXPECT_TRUE(park.gate("south").driver.is_refused("in", core::RefusalReason::lot_full));
}

TEST(Discovery, ThatHangsStopsNobody) {
  CarPark park(4, {"north", "south"});
  ::kill(park.central().pid(), SIGSTOP);
  ASSERT_TRUE(park.gate("north").driver.drive_in());
  ASSERT_TRUE(park.gate("south").driver.drive_out());
  ::kill(park.central().pid(), SIGCONT);
  EXPECT_TRUE(park.is_whole());
  EXPECT_TRUE(park.all_show(0, 4));
}

}  // namespace
}  // namespace parking::integration
