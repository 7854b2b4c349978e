#include "discovery/registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parking::discovery {
namespace {

using core::Duration;
using core::Incarnation;
using core::Instant;
using core::LotId;
using core::PeerState;
using core::RefusalCode;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Duration lease{15'000};
constexpr LotId lot{1};

Instant at(int ms) {
  return Instant(Duration(ms));
}

core::RowOwner owner(std::string_view gate, std::uint64_t incarnation) {
  return {core::GateId::parse(gate).value(), {incarnation}};
}

core::Register request(std::string_view gate, std::uint64_t incarnation,
                       std::string address = "10.0.0.1:7411") {
  return {.owner = owner(gate, incarnation), .address = std::move(address), .has_entry = true};
}

class ARegistry : public testing::Test {
protected:
  /// The refusal, or nothing.
  std::optional<core::Refusal> announce(const core::Register& what, int ms = 0) {
    const auto result = registry.announce(what, lot, at(ms));
    if (const auto* refusal = std::get_if<core::Refusal>(&result)) return *refusal;
    changed = std::get<Registry::Accepted>(result).list_changed;
    return std::nullopt;
  }
  RefusalCode refusal(const core::Register& what, int ms = 0) {
    const auto got = announce(what, ms);
    EXPECT_TRUE(got) << "was accepted";
    return got.value_or(core::Refusal{}).code;
  }
  core::PeerInfo info(std::string_view gate) {
    for (const core::PeerInfo& peer : registry.list().peers)
      if (peer.owner.gate.text() == gate) return peer;
    ADD_FAILURE() << gate << " is not listed";
    return {};
  }
  void restart(int ms = 0) { registry = Registry(lease, registry.list(), at(ms)); }

  Registry registry{lease, std::nullopt, at(0)};
  bool changed = false;
};

TEST_F(ARegistry, ListsWhoHasAnnouncedItself) {
  EXPECT_FALSE(announce(request("north", 1)));
  EXPECT_TRUE(changed);
  EXPECT_EQ(info("north"), (core::PeerInfo{.owner = owner("north", 1),
                                           .address = "10.0.0.1:7411",
                                           .has_entry = true,
                                           .state = PeerState::alive}));
  EXPECT_EQ(registry.list().lease, lease);
}

TEST_F(ARegistry, TakesARepeatedAnnouncementForOne) {
  announce(request("north", 1));
  const auto revision = registry.revision();
  EXPECT_FALSE(announce(request("north", 1), 1000));
  EXPECT_FALSE(changed);
  EXPECT_EQ(registry.revision(), revision);
  EXPECT_EQ(registry.next_wake(), at(1000) + lease);
}

TEST_F(ARegistry, ListsAGateWhoseLeaseHasRunOutAsGone) {
  announce(request("north", 1));
  registry.tick(at(14'999));
  EXPECT_EQ(info("north").state, PeerState::alive);
  registry.tick(at(15'000));
  EXPECT_EQ(info("north").state, PeerState::gone);
  EXPECT_EQ(registry.next_wake(), Instant::max());
}

TEST_F(ARegistry, KeepsALeaseThatIsRenewed) {
  announce(request("north", 1));
  EXPECT_TRUE(registry.renew(request("north", 1), at(10'000)));
  registry.tick(at(24'999));
  EXPECT_EQ(info("north").state, PeerState::alive);
  registry.tick(at(25'000));
  EXPECT_EQ(info("north").state, PeerState::gone);
}

TEST_F(ARegistry, ListsAGateAsAliveAgainThatRenewsLate) {
  announce(request("north", 1));
  registry.tick(at(20'000));
  EXPECT_TRUE(registry.renew(request("north", 1), at(20'001)));
  EXPECT_EQ(info("north").state, PeerState::alive);
}

TEST_F(ARegistry, RenewsNothingForStrangers) {
  announce(request("north", 1));
  EXPECT_FALSE(registry.renew(request("south", 1), at(1)));
  EXPECT_FALSE(registry.renew(request("north", 2), at(1)));
}

// A copied card registered while the lease was over. The gate has to say where it is, or it would
// be looked for at the copy's address long after the copy is gone.
TEST_F(ARegistry, RenewsNothingForAGateThatIsListedAtAnotherAddress) {
  announce(request("north", 1));
  registry.tick(at(15'000));
  announce(request("north", 1, "10.0.0.2:7411"), 15'001);
  EXPECT_FALSE(registry.renew(request("north", 1), at(15'002)));
  EXPECT_EQ(refusal(request("north", 1), 15'003), RefusalCode::gate_id_taken);
  registry.tick(at(30'001));
  EXPECT_EQ(info("north").state, PeerState::gone) << "the copy is";
  EXPECT_FALSE(announce(request("north", 1), 30'002));
  EXPECT_EQ(info("north").address, "10.0.0.1:7411");
  EXPECT_TRUE(registry.renew(request("north", 1), at(30'003)));
}

TEST_F(ARegistry, EndsTheLeaseOfAGateThatWithdrawsAtOnce) {
  announce(request("north", 1));
  registry.withdraw(owner("north", 2));
  EXPECT_EQ(info("north").state, PeerState::alive);
  registry.withdraw(owner("north", 1));
  EXPECT_EQ(info("north").state, PeerState::gone);
  EXPECT_FALSE(announce(request("north", 2, "10.0.0.2:1"), 1));
}

TEST_F(ARegistry, RefusesASecondIncarnationWhileTheFirstLives) {
  announce(request("north", 1));
  const auto got = announce(request("north", 2, "10.0.0.2:7411"), 14'999);
  ASSERT_TRUE(got);
  EXPECT_EQ(got->code, RefusalCode::gate_id_taken);
  EXPECT_THAT(got->text, HasSubstr("\"north\" is running at 10.0.0.1:7411"));
  EXPECT_EQ(info("north").owner, owner("north", 1));
}

TEST_F(ARegistry, RefusesTheSameStoreAtAnotherAddressWhileTheFirstLives) {
  announce(request("north", 1));
  EXPECT_EQ(refusal(request("north", 1, "10.0.0.2:7411"), 14'999), RefusalCode::gate_id_taken);
  EXPECT_EQ(info("north").address, "10.0.0.1:7411");
  registry.withdraw(owner("north", 1));
  EXPECT_FALSE(announce(request("north", 1, "10.0.0.2:7411"), 14'999)) << "it has moved";
}

TEST_F(ARegistry, TakesASecondIncarnationFromTheSameAddressAndRemembersTheFirst) {
  announce(request("north", 1));
  EXPECT_FALSE(announce(request("north", 2), 1));
  EXPECT_EQ(info("north").owner, owner("north", 2));
  EXPECT_THAT(info("north").superseded, ElementsAre(Incarnation{1}));
}

TEST_F(ARegistry, TakesASecondIncarnationFromElsewhereWhenTheLeaseIsOver) {
  announce(request("north", 1));
  EXPECT_FALSE(announce(request("north", 2, "10.0.0.2:7411"), 15'000));
  EXPECT_THAT(info("north").superseded, ElementsAre(Incarnation{1}));
}

TEST_F(ARegistry, NeverTakesASupersededIncarnationBack) {
  announce(request("north", 1));
  announce(request("north", 2));
  EXPECT_EQ(refusal(request("north", 1), 60'000), RefusalCode::superseded);
  restart();
  EXPECT_EQ(refusal(request("north", 1), 60'000), RefusalCode::superseded);
  EXPECT_EQ(info("north").owner, owner("north", 2));
}

TEST_F(ARegistry, GivesThoseItRemembersOneLeaseOfGrace) {
  announce(request("north", 1));
  restart(100'000);
  EXPECT_EQ(info("north").state, PeerState::alive);
  EXPECT_EQ(refusal(request("north", 2, "10.0.0.2:7411"), 100'001), RefusalCode::gate_id_taken);
  EXPECT_TRUE(registry.renew(request("north", 1), at(100'002)));
  restart(200'000);
  registry.tick(at(214'999));
  EXPECT_EQ(info("north").state, PeerState::alive);
  registry.tick(at(215'000));
  EXPECT_EQ(info("north").state, PeerState::gone);
}

TEST_F(ARegistry, DoesNotRememberTheOfficeAsAGate) {
  registry =
      Registry(lease, core::PeerList{.peers = {{.owner = {core::GateId::office(), {9}}}}}, at(0));
  EXPECT_THAT(registry.list().peers, IsEmpty());
}

TEST_F(ARegistry, RefusesAGateThatCallsItselfOffice) {
  core::Register imposter = request("north", 1);
  imposter.owner.gate = core::GateId::office();
  EXPECT_EQ(refusal(imposter), RefusalCode::gate_id_taken);
}

TEST_F(ARegistry, RefusesAGateOfAnotherLot) {
  core::Register stranger = request("north", 1);
  stranger.lot = LotId{0x2a};
  const auto got = announce(stranger);
  ASSERT_TRUE(got);
  EXPECT_EQ(got->code, RefusalCode::other_lot);
  EXPECT_THAT(got->text, HasSubstr("lot 000000000000002a"));
  EXPECT_THAT(got->text, HasSubstr("if the central Pi has lost its store"));
  EXPECT_THAT(got->text, HasSubstr("take the lot over there"));
  EXPECT_THAT(got->text, HasSubstr("correct its [gate] discovery"));
  stranger.lot = lot;
  EXPECT_FALSE(announce(stranger));
}

TEST_F(ARegistry, RefusesAGateOfALotWhenItHasNoneItself) {
  core::Register stranger = request("north", 1);
  stranger.lot = lot;
  const auto result = registry.announce(stranger, LotId{}, at(0));
  ASSERT_TRUE(std::holds_alternative<core::Refusal>(result));
  EXPECT_THAT(std::get<core::Refusal>(result).text, HasSubstr("none yet"));
}

TEST_F(ARegistry, RefusesAnotherProtocol) {
  core::Register old = request("north", 1);
  old.protocol = core::protocol_version + 1;
  EXPECT_EQ(refusal(old), RefusalCode::other_protocol);
}

TEST_F(ARegistry, RefusesACopiedStoreUnderAnotherName) {
  announce(request("north", 1));
  const auto got = announce(request("south", 1, "10.0.0.2:7411"), 60'000);
  ASSERT_TRUE(got);
  EXPECT_EQ(got->code, RefusalCode::gate_id_taken);
  EXPECT_THAT(got->text, HasSubstr("the store of gate \"north\""));
  announce(request("north", 2), 60'001);  // now incarnation 1 is superseded
  EXPECT_EQ(refusal(request("south", 1, "10.0.0.2:7411"), 60'002), RefusalCode::gate_id_taken);
  EXPECT_THAT(registry.list().peers, SizeIs(1));
}

TEST_F(ARegistry, HasRoomForSixtyFourGates) {
  for (std::uint64_t i = 1; i <= core::max_gates; ++i)
    EXPECT_FALSE(announce(request("g" + std::to_string(i), i)));
  EXPECT_EQ(refusal(request("g65", 65)), RefusalCode::too_many);
  EXPECT_FALSE(announce(request("g64", 64), 1000));
}

TEST_F(ARegistry, HasRoomForAThousandLostStoresAndNoMore) {
  for (std::uint64_t i = 1; i <= core::max_incarnations; ++i)
    ASSERT_FALSE(announce(request("north", i))) << i;
  EXPECT_EQ(refusal(request("north", core::max_incarnations + 1)), RefusalCode::too_many);
  EXPECT_EQ(refusal(request("south", core::max_incarnations + 2)), RefusalCode::too_many);
  EXPECT_FALSE(announce(request("north", core::max_incarnations)));
}

TEST_F(ARegistry, RaisesItsRevisionWithEachChangeAndOnlyThen) {
  auto revision = registry.revision();
  const auto is_raised = [&] {
    const auto before = revision;
    revision = registry.revision();
    EXPECT_GE(revision, before);
    return revision > before;
  };
  announce(request("north", 1));
  EXPECT_TRUE(is_raised());
  announce(request("north", 1));
  EXPECT_FALSE(is_raised());
  registry.renew(request("north", 1), at(1));
  EXPECT_FALSE(is_raised());
  registry.tick(at(2));
  EXPECT_FALSE(is_raised());
  refusal(request("north", 2, "10.0.0.9:1"), 3);
  EXPECT_FALSE(is_raised());
  registry.tick(at(60'000));
  EXPECT_TRUE(is_raised());
  registry.tick(at(60'001));
  EXPECT_FALSE(is_raised());
  announce(request("north", 1, "10.0.0.1:7412"), 60'001);
  EXPECT_TRUE(is_raised());
  registry.renew(request("north", 1, "10.0.0.1:7412"), at(60'002));
  EXPECT_FALSE(is_raised());
  registry.withdraw(owner("north", 1));
  EXPECT_TRUE(is_raised());
  registry.withdraw(owner("north", 1));
  EXPECT_FALSE(is_raised());
  restart();
  EXPECT_TRUE(is_raised());
}

}  // namespace
}  // namespace parking::discovery
