// A lot whose office has lost its store, with real cores.
#include <string>

#include <gtest/gtest.h>

#include "tests/unit/app/core/lot_bench.hpp"

namespace parking::core {
namespace {

using namespace lot_bench;

// The list that says who was superseded is in the store that was lost.
TEST(AGateOfAnotherLot, StopsEntriesAndEverybodySaysWhy) {
  CoreNet net = with_cars({.gates = 2, .capacity = 6}, 1);
  const LotId other{77};
  net.ask_from_lot(other);
  net.run_for(2s);
  for (const CoreNet::Node node : {0, 1, 2}) {
    EXPECT_TRUE(net.snapshot(node).lot.held) << node;
    EXPECT_TRUE(net.snapshot(node).lot.two_lots) << node;
  }
  EXPECT_NE(alarm_text(net, 1, "two_lots").find("central Pi"), std::string::npos);
  // Giving up a recount that nobody has begun does not make it go on.
  EXPECT_NE(net.command(1, RecountCancel{"no recount here"}).find("another lot"),
            std::string::npos);
  net.run_for(1s);
  EXPECT_TRUE(net.exchange(1).held(net.now()));
  EXPECT_EQ(net.command(0, DismissLot{other, "the lot next door"}), "");
  net.run_for(2s);
  EXPECT_FALSE(net.snapshot(1).lot.held);
  EXPECT_FALSE(alarmed(net, 1, "two_lots"));
}

TEST(ATakeover, DoesNotWaitForAStoreThatItsGateHasReplaced) {
  CoreNet net = with_cars({.gates = 3, .capacity = 9}, 4);
  net.crash(0);
  net.renew_store(3);
  net.lose_office_store();
  net.run_for(6s);
  EXPECT_EQ(net.command(0, TakeOver{"lightning"}), "");
  net.run_for(15s);
  EXPECT_EQ(alarm_text(net, 0, "waits_for_gates"), "");
  for (const CoreNet::Node node : {0, 1, 2, 3}) EXPECT_EQ(net.snapshot(node).lot.inside, 4);
  EXPECT_EQ(net.command(0, SetCapacity{12, "three more"}), "");
}

TEST(AnOfficeThatWasReplaced, SaysSoWhenItsStoreIsPutBack) {
  CoreNet net = with_cars({.gates = 2, .capacity = 6}, 1);
  const Remembered old = net.disk(0);
  net.crash(0);
  net.lose_office_store();
  net.run_for(6s);
  ASSERT_EQ(net.command(0, TakeOver{"lightning"}), "");
  net.run_for(15s);
  net.crash(0);
  net.replace_disk(0, old);
  net.restart(0);
  net.run_for(15s);
  EXPECT_TRUE(alarmed(net, 0, "store_ended"));
  EXPECT_NE(net.command(0, Retire{{*GateId::parse("g1")}, "as told"}), "");
}

}  // namespace
}  // namespace parking::core
