// The conversation of one gate with one scripted peer.
#include "app/core/exchange.hpp"

#include <gtest/gtest.h>

#include "tests/unit/app/core/gate_bench.hpp"

namespace parking::core {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

const Row south_row{.owner = GateBench::south};

Inquiry asking(std::uint64_t id, Count wanted) {
  return {.id = id, .wanted = wanted, .row = {south_row, "south"}};
}

Count given_to_south(const Row& row) {
  const auto gift = row.given.find(GateBench::south.incarnation);
  return gift == row.given.end() ? 0 : gift->second;
}

GateBench with_permits(Count permits) {
  GateBench bench(GateBench::store_with(permits));
  bench.sensors_clear();
  bench.south_comes();
  bench.pass(2s);
  bench.disk_is_done();
  return bench;
}

TEST(AGift, IsSentOnlyWhenTheDonorsRowIsDurable) {
  GateBench bench = with_permits(1);
  const Effects asked = bench.say(asking(1, 1));
  EXPECT_EQ(given_to_south(bench.own()), 1);
  EXPECT_FALSE(GateBench::said<Reply>(asked));
  for (const Send& sent : bench.pass(5s).sends) {
    if (const auto* inquiry = std::get_if<Inquiry>(&sent.message)) {
      EXPECT_EQ(given_to_south(inquiry->row.row), 0);
    }
    if (const auto* rows = std::get_if<Rows>(&sent.message)) {
      for (const AgedRow& row : rows->rows) EXPECT_EQ(given_to_south(row.copy.row), 0);
    }
  }
  const auto reply = GateBench::said<Reply>(bench.disk_is_done());
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->id, 1U);
  EXPECT_EQ(given_to_south(reply->row.row), 1);
}

TEST(ARow, IsAskedWithOnlyAsFarAsItIsDurable) {
  GateBench bench = with_permits(1);
  bench.say(asking(1, 1));
  const auto inquiry =
      GateBench::said<Inquiry>(bench.sensor(0, LaneInput::approach, Presence::present));
  ASSERT_TRUE(inquiry);
  EXPECT_EQ(inquiry->wanted, 1);
  EXPECT_EQ(given_to_south(inquiry->row.row), 0);
}

TEST(AGift, IsMadeOncePerInquiry) {
  GateBench bench = with_permits(3);
  for (int i = 0; i < 5; ++i) {
    bench.say(asking(1, 1));
    bench.disk_is_done();
  }
  const Count first = given_to_south(bench.own());
  EXPECT_GE(first, 1);
  EXPECT_LE(first, 2);
  bench.say(asking(2, 1));
  EXPECT_GT(given_to_south(bench.own()), first);
}

TEST(AGift, IsSentAgainUntilItIsAcknowledged) {
  GateBench bench = with_permits(1);
  bench.say(asking(1, 1));
  bench.disk_is_done();
  const auto pushed = GateBench::said<Inquiry>(bench.pass(150ms));
  ASSERT_TRUE(pushed);
  EXPECT_EQ(given_to_south(pushed->row.row), 1);
  const RowMark mark{GateBench::north.incarnation, pushed->row.row.version, pushed->row.row.tag};
  bench.say(Reply{.id = pushed->id, .row = {south_row, ""}, .ack = {{}, mark}});
  EXPECT_FALSE(GateBench::said<Inquiry>(bench.pass(900ms)));
}

TEST(ADonor, RemembersWhoWaitsAndGivesWhenAPermitAppears) {
  GateBench bench = with_permits(0);
  const auto reply = GateBench::said<Reply>(bench.say(asking(1, 1)));
  ASSERT_TRUE(reply) << "nothing to wait for";
  bench.sensor(1, LaneInput::approach, Presence::present);
  bench.sensor(1, LaneInput::passage, Presence::present);
  bench.sensor(1, LaneInput::approach, Presence::clear);
  bench.sensor(1, LaneInput::passage, Presence::clear);
  bench.pass(800ms);
  bench.disk_is_done();
  EXPECT_EQ(given_to_south(bench.own()), 1);
}

TEST(ADonor, ServesItsOwnCarFirstWhenItCameFirst) {
  GateBench bench = with_permits(0);
  bench.sensor(0, LaneInput::approach, Presence::present);
  bench.pass(500ms);
  bench.say(asking(1, 1));
  Row generous = south_row;
  generous.version = 1;
  generous.left = 1;
  generous.given[GateBench::north.incarnation] = 1;
  bench.say(Rows{{{{generous, "south"}, 0ms}}});
  EXPECT_EQ(bench.own().admitted, 1);
  EXPECT_EQ(given_to_south(bench.own()), 0);
}

TEST(ADonor, GivesOnlyToTheIncarnationThatWasWelcomed) {
  GateBench bench = with_permits(3);
  Inquiry foreign = asking(1, 1);
  foreign.row.row.owner.incarnation = Incarnation{77};
  const Effects effects = bench.say(foreign);
  EXPECT_TRUE(bench.own().given.empty());
  EXPECT_EQ(effects.closes, std::vector{GateBench::link});
}

TEST(ADonor, GivesNothingToASupersededRow) {
  GateBench bench = with_permits(3);
  const RowOwner newer{GateBench::south.gate, Incarnation{9}};
  const Effects effects = bench.step(
      PeersListed{{.lot = GateBench::lot,
                   .peers = {{.owner = newer, .superseded = {GateBench::south.incarnation}}}}});
  EXPECT_EQ(effects.closes, std::vector{GateBench::link});
  EXPECT_EQ(effects.record->superseded, std::vector{GateBench::south.incarnation});
  bench.say(asking(1, 1));
  EXPECT_TRUE(bench.own().given.empty());
}

TEST(AGate, AnswersEverybodyAtOnceWhileItWaitsItself) {
  GateBench bench(GateBench::store_with(3));
  const auto welcome = GateBench::said<Welcome>(bench.south_comes());
  ASSERT_TRUE(welcome);
  EXPECT_EQ(welcome->lot, GateBench::lot);
  EXPECT_TRUE(welcome->known.empty()) << "none is an answer";
}

TEST(AGate, TellsWhichVersionItKnewBeforeItLearnsAnother) {
  GateBench bench = with_permits(0);
  Row first = south_row;
  first.version = 1;
  first.tag = 10;
  bench.say(Inquiry{.id = 1, .row = {first, "1"}});
  Row second = first;
  second.version = 2;
  second.tag = 20;
  const auto reply = GateBench::said<Reply>(bench.say(Inquiry{.id = 2, .row = {second, "2"}}));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->ack.before, (RowMark{GateBench::south.incarnation, 1, 10}));
  EXPECT_EQ(reply->ack.now, (RowMark{GateBench::south.incarnation, 2, 20}));
}

TEST(AnotherLot, IsNotTalkedTo) {
  GateBench bench(GateBench::store_with(3));
  bench.step(LinkUp{GateBench::link, {}});
  const Effects effects =
      bench.say(Hello{.to = GateBench::north.gate, .lot = LotId{5}, .row = {south_row, ""}});
  ASSERT_TRUE(GateBench::said<Refusal>(effects));
  EXPECT_EQ(GateBench::said<Refusal>(effects)->code, RefusalCode::other_lot);
  EXPECT_FALSE(GateBench::said<Welcome>(effects));
  EXPECT_EQ(effects.closes, std::vector{GateBench::link});
}

TEST(AListOfAnotherLot, ChangesNothingAndAlarms) {
  GateBench bench = with_permits(3);
  const Effects effects = bench.step(PeersListed{{.lot = LotId{5}}});
  EXPECT_FALSE(effects.peers_changed);
  EXPECT_EQ(bench.gate.exchange().lot(), GateBench::lot);
  EXPECT_TRUE(bench.alarmed("other_lot"));
}

TEST(ANewGate, AnswersNobodyBeforeTheLotsIdIsDurable) {
  GateBench bench(Remembered{.incarnation = GateBench::north.incarnation});
  const RowOwner office{GateId::office(), Incarnation{100}};
  bench.step(PeersListed{{.lot = GateBench::lot, .peers = {{.owner = office}}}});
  EXPECT_TRUE(GateBench::said<Refusal>(bench.south_comes()));
  EXPECT_TRUE(bench.disk_is_done().peers_changed) << "now they may be dialled";
  EXPECT_TRUE(bench.gate.exchange().lot_ready());
}

TEST(AConversation, BeginsWithHello) {
  GateBench bench(GateBench::store_with(3));
  bench.step(LinkUp{GateBench::link, {}});
  const Effects effects = bench.say(asking(1, 1));
  EXPECT_EQ(GateBench::said<Refusal>(effects)->code, RefusalCode::not_understood);
  EXPECT_TRUE(bench.own().given.empty());
}

TEST(AConversation, IsRefusedToOtherProtocolsAndOtherNames) {
  const auto refusal = [](Hello hello) {
    GateBench bench(GateBench::store_with(3));
    bench.step(LinkUp{GateBench::link, {}});
    const auto refused = GateBench::said<Refusal>(bench.say(std::move(hello)));
    return refused ? refused->code : RefusalCode{};
  };
  const Hello good{.to = GateBench::north.gate, .lot = GateBench::lot, .row = {south_row, "south"}};
  Hello old = good;
  old.protocol = protocol_version + 1;
  EXPECT_EQ(refusal(old), RefusalCode::other_protocol);
  Hello mistaken = good;
  mistaken.to = *GateId::parse("west");
  EXPECT_EQ(refusal(mistaken), RefusalCode::not_understood);
  Hello namesake = good;
  namesake.row.row.owner = {GateBench::north.gate, Incarnation{8}};
  EXPECT_EQ(refusal(namesake), RefusalCode::gate_id_taken);
}

TEST(AConnectedGate, IsNotReplacedByAnotherIncarnationOfItsName) {
  GateBench bench = with_permits(3);
  bench.step(LinkUp{LinkId{2}, {}});
  const RowOwner namesake{GateBench::south.gate, Incarnation{9}};
  const Effects effects =
      bench.step(Received{LinkId{2}, Hello{.to = GateBench::north.gate,
                                           .lot = GateBench::lot,
                                           .row = {Row{.owner = namesake}, "other"}}});
  EXPECT_EQ(GateBench::said<Refusal>(effects)->code, RefusalCode::gate_id_taken);
  EXPECT_EQ(bench.gate.exchange().peers().find(GateBench::south.gate)->link, GateBench::link);
}

TEST(ACopiedCard, IsNotToldThatItsStoreIsUpToDateWhileTheOriginalIsConnected) {
  GateBench bench = with_permits(3);
  const LinkId second{2};
  bench.step(LinkUp{second, {}});
  const Effects effects =
      bench.step(Received{second, Hello{.to = GateBench::north.gate,
                                        .lot = GateBench::lot,
                                        .row = {south_row, "south"},
                                        .known = {{GateBench::north.incarnation, 1, 1}}}});
  EXPECT_FALSE(GateBench::said<Welcome>(effects));
  EXPECT_EQ(GateBench::said<Refusal>(effects)->code, RefusalCode::gate_id_taken);
  EXPECT_EQ(bench.gate.exchange().peers().find(GateBench::south.gate)->link, GateBench::link);
}

TEST(ASilentConnection, IsGivenUp) {
  GateBench bench = with_permits(0);
  const Effects effects = bench.pass(Exchange::silent_for + 1s);
  ASSERT_FALSE(effects.closes.empty());
  EXPECT_EQ(effects.closes.front(), GateBench::link);
}

TEST(ADigest, IsAnsweredWithWhatTheOtherLacksAndNothingElse) {
  GateBench bench = with_permits(3);
  const auto lacking = GateBench::said<Rows>(bench.say(Digest{}));
  ASSERT_TRUE(lacking);
  ASSERT_EQ(lacking->rows.size(), 1U) << "the office's; the own one was never written";
  EXPECT_EQ(lacking->rows[0].copy.bytes, "office") << "the owner's exact bytes";
  EXPECT_FALSE(GateBench::said<Rows>(bench.say(Digest{{{Incarnation{100}, 1, 1}}})));
}

TEST(ANewConnection, BeginsWithADigestSoThatNobodyShowsFiguresThatLackRows) {
  GateBench bench(GateBench::store_with(3));
  const auto digest = GateBench::said<Digest>(bench.south_comes());
  ASSERT_TRUE(digest);
  EXPECT_EQ(digest->marks, (std::vector{RowMark{Incarnation{100}, 1, 1}}));
}

TEST(TwoHistoriesOfAPeersRow, RaiseAnAlarm) {
  GateBench bench = with_permits(0);
  Row first = south_row;
  first.version = 1;
  first.tag = 10;
  bench.say(Inquiry{.id = 1, .row = {first, "1"}});
  first.tag = 11;
  bench.say(Inquiry{.id = 2, .row = {first, "other"}});
  EXPECT_TRUE(bench.alarmed("row_clash"));
}

}  // namespace
}  // namespace parking::core
