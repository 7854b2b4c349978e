// A lot whose office has lost its store, with real cores.
#include <string>

#include <gtest/gtest.h>

#include "tests/unit/app/core/lot_bench.hpp"

namespace parking::core {
namespace {

using namespace lot_bench;

// The list that says who was superseded is in the store that was lost.
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

}  // namespace
}  // namespace parking::core
