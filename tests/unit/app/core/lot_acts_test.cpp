// What concerns the whole lot: capacity, debt, leaving, retirement, import, takeover; with real
// cores in virtual time.
#include <gtest/gtest.h>

#include "tests/unit/app/core/lot_bench.hpp"

namespace parking::core {
namespace {

using namespace lot_bench;
using std::chrono_literals::operator""ms;

TEST(ACapacity, IsRaisedAtOnce) {
  CoreNet net = with_cars({.gates = 3, .capacity = 3}, 3);
  EXPECT_EQ(net.command(0, SetCapacity{5, "two more painted"}), "");
  net.run_for(5s);
  for (const CoreNet::Node node : {0, 1, 2, 3}) {
    EXPECT_EQ(net.snapshot(node).lot.capacity, 5);
    EXPECT_EQ(net.snapshot(node).lot.free, 2);
  }
  net.car_comes(1);
  EXPECT_TRUE(net.run_until([&] { return net.inside() == 4; }, 5s));
}

TEST(ACapacity, IsLoweredAsPermitsComeBack) {
  CoreNet net = with_cars({.gates = 3, .capacity = 6}, 5);
  EXPECT_EQ(net.command(0, SetCapacity{3, "a crane"}), "");
  net.run_for(5s);
  EXPECT_EQ(net.snapshot(1).lot.capacity, 5) << "one permit was free";
  EXPECT_EQ(net.snapshot(1).lot.capacity_wanted, 3);
  for (int left = 1; left <= 2; ++left) {
    net.car_leaves(1);
    net.run_for(6s);
    EXPECT_EQ(net.snapshot(2).lot.capacity, 5 - left);
    EXPECT_EQ(net.snapshot(2).lot.free, 0);
  }
  net.car_leaves(2);
  net.run_for(6s);
  EXPECT_EQ(net.snapshot(3).lot.capacity, 3);
  EXPECT_EQ(net.snapshot(3).lot.free, 1);
}

TEST(ACapacityCut, GoesBeforeACarThatWaitsLonger) {
  CoreNet net = with_cars({.gates = 2, .capacity = 2}, 2);
  net.car_comes(1);
  net.run_for(2s);
  EXPECT_EQ(net.command(0, SetCapacity{1, "a crane"}), "");
  net.run_for(2s);
  net.car_leaves(2);
  net.run_for(6s);
  EXPECT_TRUE(net.car_at_entry(1));
  EXPECT_EQ(net.snapshot(1).lot.capacity, 1);
}

TEST(Debt, IsPaidBeforeACarThatWaitsLonger) {
  CoreNet net = with_cars({.gates = 3, .capacity = 3}, 3);
  net.car_comes(1);  // waits
  net.run_for(3s);
  ASSERT_TRUE(net.tailgate(2));
  net.run_for(3s);
  EXPECT_EQ(net.exchange(2).permits(), -1);
  net.car_leaves(1);
  net.run_for(5s);
  EXPECT_TRUE(net.car_at_entry(1)) << "the space belongs to the car that is in already";
  EXPECT_EQ(net.exchange(2).permits(), 0);
  net.car_leaves(3);
  EXPECT_TRUE(net.run_until([&] { return !net.car_at_entry(1); }, 5s));
}

TEST(DebtOfAGateThatIsGone, BlocksNobody) {
  CoreNet net = with_cars({.gates = 3, .capacity = 3}, 3);
  ASSERT_TRUE(net.tailgate(2));
  net.run_for(3s);
  net.crash(2);
  net.run_for(6s);
  net.car_comes(1);
  net.run_for(1s);
  net.car_leaves(3);
  EXPECT_TRUE(net.run_until([&] { return !net.car_at_entry(1); }, 5s));
}

TEST(AGateThatLeaves, HandsEverythingOverAndItsRowIsClosed) {
  CoreNet net = with_cars({.gates = 3, .capacity = 10}, 3);
  EXPECT_EQ(net.command(2, Leave{"building work"}), "");
  net.run_for(20s);
  EXPECT_EQ(net.snapshot(2).gate.state, GateState::retired) << "left, and its row is closed";
  const Incarnation row = net.exchange(2).self().incarnation;
  for (const CoreNet::Node node : {0, 1, 3}) {
    EXPECT_TRUE(net.exchange(node).ledger().is_closed(row));
    EXPECT_EQ(net.exchange(node).ledger().permits(row), 0);
    EXPECT_EQ(net.snapshot(node).lot.inside, 3);
    EXPECT_EQ(net.snapshot(node).lot.free, 7);
    EXPECT_EQ(net.snapshot(node).lot.stranded, 0);
  }
}

TEST(ARetiredGate, StrandsItsPermitsUntilTheRecount) {
  CoreNet net = with_cars({.gates = 3, .capacity = 9}, 3);
  const Count held = net.exchange(3).permits();
  ASSERT_GT(held, 0);
  net.crash(3);
  net.run_for(6s);
  EXPECT_EQ(net.command(0, Retire{{gate(3)}, "hit by a lorry"}), "");
  net.run_for(5s);
  EXPECT_EQ(net.snapshot(1).lot.free, 6 - held);
  net.command(0, RecountBegin{});
  net.run_for(3s);
  EXPECT_EQ(net.command(0, RecountCount{3, "counted"}), "");
  net.run_for(10s);
  for (const CoreNet::Node node : {0, 1, 2}) {
    EXPECT_EQ(net.snapshot(node).lot.free, 6);
    EXPECT_EQ(net.snapshot(node).lot.stranded, 0);
  }
}

TEST(ARetirement, NamesTheGateThatDoesNotAnswerAndCanTakeItAlong) {
  CoreNet net = with_cars({.gates = 3, .capacity = 9}, 3);
  net.crash(2);
  net.crash(3);
  net.run_for(6s);
  EXPECT_EQ(net.command(0, Retire{{gate(3)}, "lorry"}), "");
  net.run_for(5s);
  EXPECT_NE(alarm_text(net, 0, "waits_for_gates").find("g2"), std::string::npos);
  EXPECT_EQ(net.command(0, Retire{{gate(2)}, "lorry too"}), "");
  net.run_for(5s);
  EXPECT_FALSE(alarmed(net, 0, "waits_for_gates"));
  EXPECT_TRUE(
      net.exchange(1).ledger().retired_at(net.exchange(0).peers().find(gate(2))->incarnation));
}

TEST(ARetirement, IsRefusedWhileTheGateRuns) {
  CoreNet net = with_cars({.gates = 2, .capacity = 9}, 1);
  EXPECT_NE(net.command(0, Retire{{gate(2)}, "x"}), "");
}

TEST(ARetiredGateThatComesBack, BringsItsLastRow) {
  CoreNet net = with_cars({.gates = 3, .capacity = 9}, 3);
  for (const CoreNet::Node other : {0, 1, 2}) net.cut(3, other);
  net.car_comes(3);  // nobody else hears of it
  net.run_for(7s);
  ASSERT_EQ(net.inside(), 4);
  net.crash(3);
  net.run_for(6s);
  EXPECT_EQ(net.command(0, Retire{{gate(3)}, "off"}), "");
  net.run_for(5s);
  EXPECT_EQ(net.snapshot(1).lot.inside, 3);
  net.heal_all();
  net.restart(3);
  net.run_for(20s);
  EXPECT_EQ(net.snapshot(3).gate.state, GateState::retired);
  EXPECT_EQ(net.snapshot(1).lot.inside, 4) << "its row is exact";
}

TEST(ASupersededRow, IsTheSameAtEveryGateWithoutAnOperator) {
  CoreNet net = with_cars({.gates = 4, .capacity = 8}, 4);
  const Incarnation old = net.exchange(3).self().incarnation;
  // Half of the gates hear of the last car that came through the old store.
  net.cut(3, 1);
  net.cut(3, 0);
  net.cut(1, 2);
  net.cut(0, 2);
  net.cut(1, 4);
  net.cut(0, 4);
  net.car_comes(3);
  net.run_for(3s);
  net.crash(3);
  net.renew_store(3);
  net.run_for(3s);
  net.heal_all();
  net.run_for(15s);
  const RowMark mark = net.exchange(1).ledger().mark(old);
  for (const CoreNet::Node node : {0, 2, 3, 4}) {
    EXPECT_EQ(net.exchange(node).ledger().mark(old), mark) << node;
    EXPECT_EQ(net.snapshot(node).lot.inside, 5) << node;
  }
}

TEST(ARowOfWhichTwoHistoriesAreAbout, IsSettledByTheOfficesCopyAndClosedByARecount) {
  CoreNet net = with_cars({.gates = 3, .capacity = 9}, 3);
  const Incarnation old = net.exchange(3).self().incarnation;
  const Remembered image = net.disk(3);
  for (const CoreNet::Node other : {0, 1, 3}) net.cut(2, other);
  net.car_comes(3);  // one history: the office and the first gate hear of it
  net.run_for(3s);
  net.crash(3);
  net.replace_disk(3, image);
  net.cut(3, 0);
  net.cut(3, 1);
  net.heal(3, 2);
  net.restart(3);
  net.run_for(6s);
  for (int car = 0; car < 2; ++car) {
    net.car_comes(3);  // the other one: the second gate alone
    net.run_for(3s);
  }
  ASSERT_GT(net.exchange(2).ledger().mark(old).version, net.exchange(0).ledger().mark(old).version);
  net.heal_all();
  net.run_for(6s);
  ASSERT_NE(net.ended(3), "");
  net.renew_store(3);
  net.run_for(20s);
  const RowMark settled = net.exchange(0).ledger().mark(old);
  for (const CoreNet::Node node : {1, 2, 3}) {
    EXPECT_EQ(net.exchange(node).ledger().mark(old), settled) << node;
    EXPECT_EQ(net.snapshot(node).lot.inside, net.snapshot(0).lot.inside);
  }
  net.command(0, RecountBegin{});
  net.run_for(3s);
  EXPECT_EQ(net.command(0, RecountCount{net.inside(), "counted"}), "");
  net.run_for(10s);
  for (const CoreNet::Node node : {0, 1, 2, 3}) {
    EXPECT_EQ(net.snapshot(node).lot.inside, net.inside());
    EXPECT_EQ(net.snapshot(node).lot.stranded, 0);
  }
}

TEST(AnImport, BringsThePermitsOfADeadGateBack) {
  CoreNet net = with_cars({.gates = 3, .capacity = 9}, 3);
  net.crash(3);
  net.run_for(6s);
  Remembered disk = net.disk(3);
  EXPECT_EQ(net.command(0, ImportStore{disk, "the Pi is dead, its card is not"}), "");
  net.run_for(10s);
  for (const CoreNet::Node node : {0, 1, 2}) {
    EXPECT_EQ(net.snapshot(node).lot.inside, 3);
    EXPECT_EQ(net.snapshot(node).lot.free, 6);
    EXPECT_EQ(net.snapshot(node).lot.stranded, 0);
  }
}

TEST(AnImport, OfAnOldImageIsRefused) {
  CoreNet net = with_cars({.gates = 3, .capacity = 9}, 0);
  const Remembered old = net.disk(3);
  net.car_comes(3);
  net.run_for(5s);
  net.crash(3);
  net.run_for(6s);
  ASSERT_TRUE(net.disk(3).own);
  Remembered image = old;
  if (!image.own) image.own = Row{.owner = net.disk(3).own->owner, .version = 1};
  image.lot = net.disk(3).lot;
  net.command(0, ImportStore{image, "old"});
  net.run_for(5s);
  EXPECT_EQ(net.snapshot(1).lot.inside, 1);
  net.restart(3);
  net.run_for(10s);
  net.car_comes(3);
  net.run_for(5s);
  EXPECT_EQ(net.snapshot(1).lot.inside, 2) << "nothing was changed by the wrong file";
}

TEST(ATakeover, KeepsTheLotWhenTheOfficeHasLostItsStore) {
  CoreNet net = with_cars({.gates = 3, .capacity = 9}, 4);
  net.lose_office_store();
  net.run_for(6s);
  EXPECT_TRUE(alarmed(net, 0, "other_lot"));
  EXPECT_EQ(net.command(0, TakeOver{"the card died"}), "");
  net.run_for(15s);
  EXPECT_FALSE(alarmed(net, 0, "waits_for_gates"));
  for (const CoreNet::Node node : {0, 1, 2, 3}) {
    EXPECT_EQ(net.snapshot(node).lot.capacity, 9);
    EXPECT_EQ(net.snapshot(node).lot.inside, 4);
  }
  EXPECT_EQ(net.command(0, SetCapacity{12, "three more"}), "");
  net.run_for(3s);
  EXPECT_EQ(net.snapshot(2).lot.free, 8);
}

TEST(ATakeover, WaitsForAGateThatItCannotReach) {
  CoreNet net = with_cars({.gates = 3, .capacity = 9}, 4);
  net.crash(3);
  net.run_for(6s);
  net.lose_office_store();
  net.run_for(6s);
  EXPECT_EQ(net.command(0, TakeOver{"the card died"}), "");
  net.run_for(10s);
  EXPECT_NE(alarm_text(net, 0, "waits_for_gates").find("g3"), std::string::npos);
  net.restart(3);
  net.run_for(15s);
  EXPECT_FALSE(alarmed(net, 0, "waits_for_gates"));
  EXPECT_EQ(free_at(net, 0), 5);
}

}  // namespace
}  // namespace parking::core
