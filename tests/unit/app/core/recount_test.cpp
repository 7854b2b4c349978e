// The recount, with real cores in virtual time.
#include <gtest/gtest.h>

#include "tests/unit/app/core/lot_bench.hpp"

namespace parking::core {
namespace {

using namespace lot_bench;
using std::chrono_literals::operator""ms;

TEST(ARecount, SetsTheCountRightAtEveryGate) {
  CoreNet net = with_cars({.gates = 3, .capacity = 10}, 5);
  EXPECT_EQ(net.command(1, RecountBegin{"monthly"}), "");
  net.run_for(3s);
  for (const CoreNet::Node node : {1, 2, 3}) EXPECT_TRUE(net.exchange(node).held(net.now()));
  net.car_comes(2);
  net.run_for(3s);
  EXPECT_TRUE(net.car_at_entry(2)) << "entries are held";
  EXPECT_EQ(net.snapshot(2).lanes[0].reason, RefusalReason::entries_held);
  EXPECT_EQ(net.command(1, RecountCount{8, "three came unseen"}), "");
  EXPECT_TRUE(net.run_until([&] { return !net.car_at_entry(2); }, 5s)) << "entries go on";
  net.run_for(3s);
  for (const CoreNet::Node node : {0, 1, 2, 3}) EXPECT_EQ(net.snapshot(node).lot.inside, 9);
}

// A crash of the office would take back a number by which cars were let in already.
TEST(ARecount, HoldsEntriesUntilItIsDurable) {
  CoreNet net = with_cars({.gates = 2, .capacity = 10, .disk_min = 400ms, .disk_max = 500ms}, 2);
  net.command(0, RecountBegin{});
  net.run_for(3s);
  ASSERT_EQ(net.command(0, RecountCount{5, "three came unseen"}), "");
  ASSERT_TRUE(
      net.run_until([&] { return net.exchange(0).journal().own().office->corrected == 3; }, 10s));
  EXPECT_NE(net.command(0, RecountBegin{}), "") << "its hold would end with this one";
  ASSERT_TRUE(net.run_until([&] { return !net.exchange(1).held(net.now()); }, 20s));
  EXPECT_EQ(net.disk(0).own->office->corrected, 3);
}

TEST(ARecount, CountsExitsOnTop) {
  CoreNet net = with_cars({.gates = 3, .capacity = 10}, 5);
  net.command(0, RecountBegin{});
  net.run_for(3s);
  net.car_leaves(1);
  net.run_for(700ms);  // in mid-passage: it belongs to the number
  EXPECT_EQ(net.command(0, RecountCount{7, "two came unseen"}), "");
  net.run_for(200ms);
  net.car_leaves(2);
  net.run_for(10s);
  for (const CoreNet::Node node : {0, 1, 2, 3}) EXPECT_EQ(net.snapshot(node).lot.inside, 5);
}

TEST(ARecount, IsRefusedWhileAGateHasNotSaidThatItHolds) {
  CoreNet net = with_cars({.gates = 3, .capacity = 10}, 2);
  net.crash(3);
  net.run_for(1s);
  net.command(0, RecountBegin{});
  net.run_for(5s);
  EXPECT_NE(alarm_text(net, 0, "not_held").find("retire g3 --stopped"), std::string::npos)
      << "before anybody has counted";
  EXPECT_NE(net.command(0, RecountCount{2, "x"}).find("retire g3 --stopped"), std::string::npos);
  net.restart(3);
  net.run_for(5s);
  EXPECT_FALSE(alarmed(net, 0, "not_held"));
  EXPECT_EQ(net.command(0, RecountCount{2, "x"}), "");
}

// Whoever is here and has not answered yet is not to be retired.
TEST(ARecount, CountedTooEarlyIsAskedForAgain) {
  CoreNet net = with_cars({.gates = 2, .capacity = 10}, 2);
  net.command(0, RecountBegin{});
  const std::string refused = net.command(0, RecountCount{2, "quick"});
  EXPECT_NE(refused.find("g1 g2; let their lanes come to rest and try again"), std::string::npos)
      << refused;
  EXPECT_EQ(refused.find("retire"), std::string::npos);
}

TEST(ARecount, AsksForHeldAdmissionsToBeSettledFirst) {
  CoreNet net = with_cars({.gates = 2, .capacity = 10}, 1);
  ASSERT_TRUE(net.car_comes(1));
  ASSERT_TRUE(
      net.run_until([&] { return net.exchange(1).journal().durable().pending() == 1; }, 5s));
  net.crash(1);
  net.run_for(1s);
  net.restart(1);
  net.run_for(20s);
  ASSERT_EQ(net.exchange(1).journal().own().pending(), 1) << "held";
  net.command(0, RecountBegin{});
  net.run_for(5s);
  EXPECT_NE(alarm_text(net, 0, "settle_first").find("g1"), std::string::npos);
  net.command(0, RecountCancel{});
  net.run_for(1s);
  EXPECT_FALSE(alarmed(net, 0, "settle_first"));
}

// Whoever drives in after the number on an admission from before it would be missing in the count.
TEST(ARecount, TakesNoNumberWhileAnAdmissionIsOpen) {
  CoreNet net = with_cars({.gates = 2, .capacity = 10}, 1);
  ASSERT_TRUE(net.car_comes(1));
  const Row& row = net.exchange(1).journal().own();
  ASSERT_TRUE(net.run_until([&] { return row.pending() == 1; }, 5s));
  net.command(0, RecountBegin{});
  ASSERT_TRUE(net.run_until([&] { return net.exchange(1).held(net.now()); }, 1s));
  net.run_for(20ms);
  ASSERT_EQ(row.pending(), 1);
  EXPECT_NE(net.command(0, RecountCount{1, "the next one is not in"}).find("g1"),
            std::string::npos);
  ASSERT_TRUE(net.run_until([&] { return row.pending() == 0; }, 10s));
  net.run_for(1s);
  EXPECT_EQ(net.command(0, RecountCount{2, "counted"}), "");
  net.run_for(5s);
  EXPECT_EQ(net.snapshot(0).lot.inside, 2);
}

TEST(ARecount, ThatNobodyEndsIsOverAfterHalfAMinute) {
  CoreNet net = with_cars({.gates = 2, .capacity = 10}, 1);
  net.command(0, RecountBegin{});
  net.run_for(2s);
  net.crash(0);
  net.run_for(25s);
  EXPECT_TRUE(net.exchange(1).held(net.now()));
  net.run_for(6s);
  EXPECT_FALSE(net.exchange(1).held(net.now()));
  EXPECT_NE(alarm_text(net, 1, "recount").find("begin the recount again"), std::string::npos);
  EXPECT_TRUE(alarmed(net, 1, "central_gone"));
  net.car_comes(1);
  EXPECT_TRUE(net.run_until([&] { return net.inside() == 2; }, 5s));
  net.restart(0);
  net.run_for(20s);
  EXPECT_FALSE(alarmed(net, 1, "central_gone"));
  EXPECT_EQ(net.command(0, RecountBegin{}), "");
  net.run_for(3s);
  EXPECT_FALSE(alarmed(net, 1, "recount"));
}

TEST(ARecount, IsCancelledAtAGateWhenTheOfficeHasDied) {
  CoreNet net = with_cars({.gates = 2, .capacity = 10}, 1);
  net.command(0, RecountBegin{});
  net.run_for(2s);
  net.crash(0);
  net.run_for(7s);
  EXPECT_EQ(net.command(1, RecountCancel{"no office"}), "");
  net.run_for(100ms);
  EXPECT_FALSE(net.exchange(1).held(net.now()));
}

TEST(ARecount, DoesNotUseANumberThatWasGivenBeforeAGateWasRetired) {
  CoreNet net = with_cars({.gates = 2, .capacity = 4}, 0);
  net.command(0, RecountBegin{});
  net.run_for(3s);
  EXPECT_EQ(net.command(0, RecountCount{0, "nobody is inside"}), "");
  net.cut(0, 2);
  net.cut(1, 2);
  net.run_for(35s);  // the hold runs out at gate 2
  while (net.exchange(2).permits() > 0) {
    ASSERT_TRUE(net.car_comes(2));
    ASSERT_TRUE(net.run_until([&] { return !net.car_at_entry(2); }, 5s));
    net.run_for(3s);
  }
  ASSERT_EQ(net.inside(), 2);
  net.crash(2);
  net.run_for(6s);
  EXPECT_EQ(net.command(0, Retire{{gate(2)}, "it burns"}), "");
  net.run_for(10s);
  for (int car = 0; car < 6; ++car) {
    net.car_comes(1);
    net.run_for(5s);
  }
  EXPECT_LE(net.most_ever(), 4);
}

TEST(ARecount, CountsATailgaterAfterTheNumberOnTop) {
  CoreNet net = with_cars({.gates = 2, .capacity = 4}, 2);
  net.command(0, RecountBegin{});
  net.run_for(3s);
  net.cut(0, 1);
  net.command(0, RecountCount{2, "counted"});
  ASSERT_TRUE(net.tailgate(1));
  net.run_for(5s);
  net.heal_all();
  net.run_for(15s);
  EXPECT_EQ(net.inside(), 3);
  EXPECT_EQ(net.snapshot(0).lot.inside, 3);
}

// What the office hears while the number is on its way there came after it.
TEST(ARecountAtAGate, CountsATailgaterOnTopWhoCameWhileTheNumberWasOnItsWay) {
  CoreNet net = with_cars({.gates = 2, .capacity = 4}, 2);
  net.command(1, RecountBegin{});
  net.run_for(4s);
  net.slow(1, 0, 2800ms);
  ASSERT_EQ(net.command(1, RecountCount{2, "counted"}), "");
  ASSERT_TRUE(net.tailgate(2));
  net.run_for(20s);
  EXPECT_EQ(net.inside(), 3);
  EXPECT_EQ(net.snapshot(0).lot.inside, 3);
}

TEST(ARecountAtAGate, FailsWhenAGateLetACarInWhileTheNumberWasOnItsWay) {
  CoreNet net = with_cars({.gates = 2, .capacity = 4}, 2);
  net.command(1, RecountBegin{});
  net.run_for(4s);
  net.cut(0, 2);
  net.run_for(Order::hold_for + 1s);
  ASSERT_FALSE(net.exchange(2).held(net.now())) << "its hold has run out";
  net.slow(1, 0, 2s);
  ASSERT_EQ(net.command(1, RecountCount{2, "counted"}), "");
  net.car_comes(2);
  net.run_for(500ms);
  net.heal_all();
  net.run_for(20s);
  EXPECT_EQ(net.inside(), 3);
  EXPECT_EQ(net.snapshot(0).lot.inside, 3);
  EXPECT_TRUE(alarmed(net, 1, "recount")) << "count again";
}

TEST(ARecountAtAGate, SpeaksNoLongerOfWhatWasRefusedOnceItIsDone) {
  CoreNet net = with_cars({.gates = 2, .capacity = 4}, 2);
  net.command(1, RecountBegin{});
  net.run_for(4s);
  for (int pressed = 0; pressed < 2; ++pressed)
    ASSERT_EQ(net.command(1, RecountCount{1, "pressed twice"}), "");
  EXPECT_TRUE(net.run_until([&] { return alarmed(net, 1, "recount"); }, 5s)) << "the second one";
  net.run_for(20s);
  EXPECT_EQ(net.snapshot(1).lot.inside, 1);
  EXPECT_FALSE(alarmed(net, 1, "recount"));
}

TEST(ARecountAtAGate, IsRefusedBeforeEntriesAreHeldThere) {
  CoreNet net = with_cars({.gates = 2, .capacity = 4}, 2);
  EXPECT_NE(net.command(1, RecountCount{2, "counted"}).find("recount begin"), std::string::npos);
}

}  // namespace
}  // namespace parking::core
