// Several gates and their office in virtual time. Every failure names its seed; PARKING_SEED=n runs
// that one alone, PARKING_RUNS=n more of them.
#include <cstdlib>

#include <gtest/gtest.h>

#include "tests/support/core_net.hpp"

namespace parking::core {
namespace {

using test_support::CoreNet;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

std::uint64_t number_from(const char* variable, std::uint64_t fallback) {
  const char* text = std::getenv(variable);
  return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

void for_each_seed(std::uint64_t runs, const std::function<void(std::uint64_t)>& test) {
  if (const std::uint64_t only = number_from("PARKING_SEED", 0)) return test(only);
  runs = number_from("PARKING_RUNS", runs);
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    SCOPED_TRACE("PARKING_SEED=" + std::to_string(seed));
    test(seed);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(ALot, IsHandedOutToTheGatesThatLetCarsIn) {
  CoreNet net({.gates = 3, .capacity = 10});
  net.open_for_business();
  Count sum = 0;
  for (CoreNet::Node gate = 1; gate <= 3; ++gate) {
    EXPECT_GE(net.exchange(gate).permits(), 3);
    sum += net.exchange(gate).permits();
  }
  EXPECT_EQ(sum, 10);
  EXPECT_EQ(net.spins(), 0);
}

TEST(AGateWithoutPermits, LetsTheCarInAsLongAsAReachableGateHoldsOne) {
  CoreNet net({.gates = 3, .capacity = 6});
  net.open_for_business();
  for (int car = 0; car < 6; ++car) {
    ASSERT_TRUE(net.car_comes(1));
    EXPECT_TRUE(net.run_until([&] { return !net.car_at_entry(1); }, 5s)) << "car " << car;
    net.run_for(1s);
  }
  EXPECT_EQ(net.inside(), 6);
  ASSERT_TRUE(net.car_comes(2));
  net.run_for(3s);
  EXPECT_TRUE(net.car_at_entry(2));
  EXPECT_EQ(net.snapshot(2).lanes[0].reason, RefusalReason::lot_full);
}

TEST(ARefusedCar, IsLetInByItselfWhenAnotherLeavesThroughAnyGate) {
  CoreNet net({.gates = 3, .capacity = 2});
  net.open_for_business();
  for (const CoreNet::Node gate : {1, 2}) {
    net.car_comes(gate);
    net.run_for(3s);
  }
  ASSERT_EQ(net.inside(), 2);
  net.car_comes(3);
  net.run_for(3s);
  ASSERT_TRUE(net.car_at_entry(3));
  net.car_leaves(1);
  EXPECT_TRUE(net.run_until([&] { return !net.car_at_entry(3); }, 4s));
}

TEST(ACarAtAGateWithAPermit, WaitsForTheDiskAndForNothingElse) {
  CoreNet net({.gates = 2, .capacity = 2, .disk_min = 5ms, .disk_max = 5ms});
  net.open_for_business();
  net.cut(1, 2);
  net.cut(0, 1);
  const Instant came = net.now();
  net.car_comes(1);
  ASSERT_TRUE(net.run_until([&] { return net.inside_and_let_in() == 1; }, 1s));
  EXPECT_EQ(net.now() - came, 5ms);
}

TEST(AnExit, OpensInTheSameInstantWithoutNetworkAndPermits) {
  CoreNet net({.gates = 2, .capacity = 1});
  net.open_for_business();
  net.car_comes(1);
  net.run_for(3s);
  ASSERT_EQ(net.inside(), 1);
  net.crash(0);
  net.cut(1, 2);
  net.car_leaves(2);
  net.run_for(800ms);
  EXPECT_EQ(net.inside(), 0);
}

// The race that the original lost.
TEST(TwoCarsAtTwoGatesWithOneSpace, OneEnters) {
  constexpr int rounds_of_one_lot = 25;
  for_each_seed(40, [](std::uint64_t seed) {
    CoreNet net({.seed = seed, .gates = 2, .capacity = 1, .delay_max = 30ms});
    net.open_for_business();
    for (int round = 0; round < rounds_of_one_lot; ++round) {
      net.run_for(Duration{static_cast<Duration::rep>(net.draw(300))});
      ASSERT_TRUE(net.car_comes(1));
      ASSERT_TRUE(net.car_comes(2));
      net.run_for(4s);
      ASSERT_EQ(net.undone_by_a_crash(), 0);
      ASSERT_EQ(net.inside(), 1) << "round " << round;
      ASSERT_EQ(net.most_ever(), 1) << "round " << round;
      for (const CoreNet::Node gate : {1, 2}) net.car_gives_up(gate);
      net.run_for(1s);
      ASSERT_TRUE(net.car_leaves(1 + net.draw(2)));
      net.run_for(2s);
      ASSERT_EQ(net.inside(), 0) << "round " << round;
    }
    EXPECT_EQ(net.spins(), 0);
  });
}

TEST(TheSameSeed, GivesTheSameTrace) {
  const auto trace = [] {
    CoreNet net({.seed = 7, .gates = 3, .capacity = 3, .loss_percent = 10});
    net.open_for_business();
    for (const CoreNet::Node gate : {1, 2, 3}) net.car_comes(gate);
    net.run_for(5s);
    return net.trace();
  };
  EXPECT_EQ(trace(), trace());
}

/// One step of a schedule in which anything may fail.
void something_happens(CoreNet& net) {
  const CoreNet::Node any = net.draw(net.nodes());
  const CoreNet::Node other = net.draw(net.nodes());
  const CoreNet::Node gate = 1 + net.draw(net.nodes() - 1);
  const std::uint64_t what = net.draw(100);
  if (what < 40)
    net.car_comes(gate);
  else if (what < 65)
    net.car_leaves(gate);
  else if (what < 72)
    net.car_gives_up(gate);
  else if (what < 80 && any != other)
    net.cut(any, other);
  else if (what < 86)
    net.heal(any, other);
  else if (what < 92)
    net.crash(any);
  else
    net.restart(any);
}

void expect_never_oversold(const CoreNet& net, Count capacity) {
  ASSERT_LE(net.most_ever(), capacity);
  ASSERT_EQ(net.undone_by_a_crash(), 0);
  const Totals totals = net.true_ledger().totals();
  ASSERT_GE(totals.inside + totals.pending, net.inside_and_let_in());
}

void expect_agreement(CoreNet& net) {
  const Totals truth = net.true_ledger().totals();
  for (CoreNet::Node node = 0; node < net.nodes(); ++node) {
    EXPECT_EQ(net.ended(node), "");
    const Totals seen = net.exchange(node).ledger().totals();
    EXPECT_EQ(seen, truth) << "node " << node << " sees inside " << seen.inside << " pending "
                           << seen.pending << ", true: " << truth.inside << " " << truth.pending;
    EXPECT_EQ(net.snapshot(node).lot.stranded, 0) << "node " << node;
    if (node != CoreNet::office && net.car_at_entry(node)) {
      EXPECT_LE(truth.free, 0) << "a car waits at node " << node << " while there is a permit";
    }
  }
}

TEST(AnyScheduleOfFailures, NeverLetsInMoreCarsThanTheLotHolds) {
  for_each_seed(100, [](std::uint64_t seed) {
    std::mt19937_64 dice(seed);
    const auto up_to = [&](std::uint64_t most) { return dice() % (most + 1); };
    const auto capacity = static_cast<Count>(1 + up_to(4));
    CoreNet net({.seed = seed,
                 .gates = 2 + up_to(2),
                 .capacity = capacity,
                 .delay_max = Duration{5 + static_cast<Duration::rep>(up_to(200))},
                 .loss_percent = static_cast<int>(up_to(20)),
                 .disk_max = Duration{2 + static_cast<Duration::rep>(up_to(60))}});
    net.open_for_business();
    for (int step = 0; step < 60; ++step) {
      something_happens(net);
      net.run_for(Duration{static_cast<Duration::rep>(net.draw(700))});
      expect_never_oversold(net, capacity);
      if (testing::Test::HasFatalFailure()) return;
    }
    net.heal_all();
    net.set_loss(0);
    for (CoreNet::Node node = 0; node < net.nodes(); ++node) net.restart(node);
    net.run_for(25s);
    net.settle_truthfully();
    net.run_for(12s);
    expect_never_oversold(net, capacity);
    expect_agreement(net);
    EXPECT_EQ(net.spins(), 0);
  });
}

// What a lost store knew is gone until the next recount, so nobody need agree; but permits are
// lost, never made.
TEST(AnyScheduleOfLostStores, NeverLetsInMoreCarsThanTheLotHolds) {
  for_each_seed(60, [](std::uint64_t seed) {
    const auto capacity = static_cast<Count>(2 + seed % 5);
    CoreNet net({.seed = seed, .gates = 3, .capacity = capacity, .delay_max = 100ms});
    net.open_for_business();
    for (int step = 0; step < 60; ++step) {
      if (net.draw(12) == 0)
        net.renew_store(1 + net.draw(3));
      else
        something_happens(net);
      net.run_for(Duration{static_cast<Duration::rep>(net.draw(1500))});
      ASSERT_LE(net.most_ever(), capacity);
    }
    EXPECT_EQ(net.undone_by_a_crash(), 0);
    EXPECT_EQ(net.spins(), 0);
  });
}

TEST(ARestoredStore, EndsItsIncarnation) {
  CoreNet net({.gates = 3, .capacity = 6});
  net.open_for_business();
  const Remembered old = net.disk(1);
  net.car_comes(1);
  net.run_for(4s);
  net.crash(1);
  net.replace_disk(1, old);
  net.restart(1);
  net.car_comes(1);
  net.run_for(5s);
  EXPECT_NE(net.ended(1), "");
  EXPECT_TRUE(net.car_at_entry(1));
  EXPECT_EQ(net.inside(), 1);
  net.car_gives_up(1);

  net.renew_store(1);
  net.run_for(10s);
  EXPECT_EQ(net.ended(1), "");
  EXPECT_EQ(net.exchange(1).ledger().totals().inside, 1);
  net.car_comes(1);
  EXPECT_TRUE(net.run_until([&] { return net.inside() == 2; }, 5s))
      << "the other gates' permits reach the new store";
}

TEST(AWholeSite, ComesBackByItselfAfterAPowerCut) {
  CoreNet net({.gates = 3, .capacity = 6});
  net.open_for_business();
  net.car_comes(2);
  net.run_for(4s);
  for (CoreNet::Node node = 0; node < net.nodes(); ++node) net.crash(node);
  net.run_for(60s);
  for (CoreNet::Node node = 0; node < net.nodes(); ++node) net.restart(node);
  for (CoreNet::Node gate = 1; gate <= 3; ++gate) net.car_comes(gate);
  EXPECT_TRUE(net.run_until([&] { return net.inside() == 4; }, 10s));
}

}  // namespace
}  // namespace parking::core
