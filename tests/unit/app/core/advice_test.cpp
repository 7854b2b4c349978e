// What alarms and refusals tell people to do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/app/core/gate_bench.hpp"
#include "tests/unit/app/core/lot_bench.hpp"

namespace parking::core {
namespace {

using namespace lot_bench;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

std::string text_of(const GateBench& bench, const std::string& code) {
  for (const AlarmView& alarm : bench.gate.snapshot(bench.now).alarms)
    if (alarm.code == code) return alarm.text;
  return {};
}

TEST(PermitsOfAGateThatIsGone, ComeBackWithIt) {
  CoreNet net = with_cars({.gates = 3, .capacity = 9}, 3);
  net.crash(3);
  net.run_for(20s);
  for (const CoreNet::Node node : {0, 1}) {
    EXPECT_THAT(alarm_text(net, node, "stranded"), HasSubstr("bring these back"));
    EXPECT_THAT(alarm_text(net, node, "stranded"), Not(HasSubstr("recount")));
  }
}

TEST(PermitsOfAReplacedStore, ComeBackWithARecount) {
  CoreNet net = with_cars({.gates = 3, .capacity = 9}, 3);
  net.crash(3);
  net.renew_store(3);
  net.run_for(20s);
  for (const CoreNet::Node node : {0, 1, 3}) {
    EXPECT_THAT(alarm_text(net, node, "stranded"), EndsWith(": parkingctl recount begin")) << node;
    EXPECT_THAT(alarm_text(net, node, "stranded"), Not(HasSubstr("back (see"))) << node;
  }
}

TEST(PermitsOfARetiredGate, ComeBackWithARecount) {
  CoreNet net = with_cars({.gates = 3, .capacity = 9}, 3);
  net.crash(3);
  net.run_for(6s);
  ASSERT_EQ(net.command(0, Retire{{gate(3)}, "hit by a lorry"}), "");
  net.run_for(20s);
  EXPECT_THAT(alarm_text(net, 1, "stranded"), EndsWith(": parkingctl recount begin"));
  EXPECT_THAT(alarm_text(net, 1, "stranded"), Not(HasSubstr("gates that are gone")));
}

TEST(PermitsOfAGateThatIsGoneAndOfAReplacedStore, HaveTwoRemedies) {
  CoreNet net = with_cars({.gates = 3, .capacity = 9}, 3);
  net.crash(3);
  net.renew_store(3);
  net.run_for(20s);
  net.crash(2);
  net.run_for(20s);
  EXPECT_THAT(alarm_text(net, 1, "stranded"), HasSubstr("bring the gates back"));
  EXPECT_THAT(alarm_text(net, 1, "stranded"), HasSubstr("parkingctl recount begin"));
}

TEST(AHeldAdmission, NamesTheCommandThatSettlesIt) {
  const std::string command = "parkingctl settle in entered|backed_out --reason TEXT";
  Remembered store = GateBench::store_with(3);
  store.own = Row{.owner = GateBench::north, .version = 1, .tag = 1, .admitted = 2};
  store.past_tags = {1};
  store.held = {{"in", 1}};
  EXPECT_THAT(text_of(GateBench(store), "held"), EndsWith(command));
  store.held = {{"a lane of yore", 1}};
  EXPECT_THAT(text_of(GateBench(store), "held"), EndsWith(command));
}

TEST(ARenewedStore, HasNoEmptyReason) {
  GateBench bench(GateBench::store_with(3));
  const Effects effects = bench.step(RenewStore{});
  EXPECT_EQ(effects.identity_ended, "the operator wants a new one");
  GateBench other(GateBench::store_with(3));
  EXPECT_EQ(other.step(RenewStore{"new card"}).identity_ended,
            "the operator wants a new one: new card");
}

TEST(AReplacedStore, SaysWhatIsToBeDone) {
  GateBench bench(GateBench::store_with(0));
  bench.step(StoreReplaced{"the operator wants a new one"});
  EXPECT_THAT(text_of(bench, "store_replaced"), HasSubstr("the operator wants a new one;"));
  EXPECT_THAT(text_of(bench, "store_replaced"), HasSubstr("recount: parkingctl recount begin"));
  EXPECT_THAT(text_of(bench, "store_replaced"), HasSubstr("otherwise nothing is to be done"));
}

TEST(AListOfAnotherLot, NamesBothWhoMayBeWrong) {
  GateBench bench(GateBench::store_with(0));
  bench.step(PeersListed{PeerList{.lot = LotId{7}}});
  EXPECT_THAT(text_of(bench, "other_lot"), HasSubstr("central Pi has lost its store"));
  EXPECT_THAT(text_of(bench, "other_lot"), HasSubstr("correct its [gate] discovery"));
}

TEST(TrustInAStore, IsRecordedOnceAndOnlyWhereItIsNeeded) {
  GateBench bench(GateBench::store_with(3));
  EXPECT_FALSE(bench.step(TrustStore{"alone"}).refused);
  const Effects again = bench.step(TrustStore{"alone"});
  EXPECT_THAT(again.refused.value_or(""), HasSubstr("nothing is to be done"));
  EXPECT_FALSE(again.record);
}

TEST(ACancelledRecount, HasToBeUnderWay) {
  CoreNet net = with_cars({.gates = 2, .capacity = 10}, 1);
  for (const CoreNet::Node node : {0, 1})
    EXPECT_EQ(net.command(node, RecountCancel{"by mistake"}), "no recount is under way") << node;
  net.command(0, RecountBegin{});
  net.run_for(2s);
  EXPECT_EQ(net.command(1, RecountCancel{"enough"}), "");
  net.run_for(2s);
  EXPECT_FALSE(net.exchange(2).held(net.now()));
}

TEST(ACancelledRecount, MayBeOnItsWayYet) {
  CoreNet net = with_cars({.gates = 2, .capacity = 10}, 1);
  EXPECT_EQ(net.command(1, RecountBegin{}), "");
  ASSERT_FALSE(net.exchange(1).held(net.now()));
  EXPECT_EQ(net.command(1, RecountCancel{"the wrong car park"}), "");
  net.run_for(2s);
  for (const CoreNet::Node node : {1, 2}) EXPECT_FALSE(net.exchange(node).held(net.now())) << node;
}

}  // namespace
}  // namespace parking::core
