// The end of a program, as systemd asks for it.
#include <algorithm>
#include <chrono>

#include <gtest/gtest.h>

#include "tests/integration/car_park.hpp"
#include "tests/support/eventually.hpp"

namespace parking::integration {
namespace {

using core::LinkState;
using test_support::eventually;

LinkState state_of(const core::Snapshot& status, std::string_view gate) {
  const auto peer = std::ranges::find(status.peers, gate, &core::PeerView::id);
  return peer == status.peers.end() ? LinkState::retired : peer->state;
}

TEST(SigTerm, EndsAGateInServiceWithSuccess) {
  CarPark park(4, {"north", "south"});
  ASSERT_TRUE(park.gate("north").driver.arrive("in"));
  EXPECT_EQ(park.gate("north").program.stop(), 0);
}

TEST(SigTerm, EndsTheCentralServiceWithSuccess) {
  CarPark park(4, {"north"});
  EXPECT_EQ(park.central().stop(), 0);
}

TEST(SigTerm, EndsAGateThatWaitsForItsSetup) {
  CarPark park(4, {});
  auto configuration = park.configuration_for("new");
  configuration.id.clear();
  Gate& gate = park.add(configuration);
  gate.program.start();
  EXPECT_EQ(gate.program.stop(), 0);
}

TEST(SigTerm, EndsAGateThatReachesNobody) {
  CarPark park(4, {"north"});
  park.central().kill();
  park.gate("north").program.kill();
  park.gate("north").program.start();
  EXPECT_EQ(park.gate("north").program.stop(), 0);
}

TEST(AStoppedGate, IsListedAsGoneAtOnce) {
  // So long a lease that only the farewell can explain it.
  CarPark park(4, {"north", "south"}, std::chrono::seconds(600));
  ASSERT_EQ(park.gate("north").program.stop(), 0);
  for (ServerProgram* program : {&park.gate("south").program, &park.central()})
    EXPECT_TRUE(eventually(patience, [&] {
      return state_of(program->status(), "north") == LinkState::gone;
    })) << park.figures();
  const auto lot = park.gate("south").status().lot;
  EXPECT_EQ(lot.stranded, 2);
  EXPECT_EQ(lot.free, 2);
}

TEST(AStoppedGate, IsAliveAgainWhenItReturns) {
  CarPark park(4, {"north", "south"}, std::chrono::seconds(600));
  ASSERT_EQ(park.gate("north").program.stop(), 0);
  park.gate("north").program.start();
  EXPECT_TRUE(park.is_whole());
  EXPECT_TRUE(park.all_show(0, 4));
}

TEST(AKilledGate, IsListedAsGoneOnceItsLeaseHasEnded) {
  CarPark park(4, {"north", "south"});
  park.gate("north").program.kill();
  EXPECT_TRUE(eventually(
      patience, [&] { return state_of(park.gate("south").status(), "north") == LinkState::gone; }));
}

}  // namespace
}  // namespace parking::integration
