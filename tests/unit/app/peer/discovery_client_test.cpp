#include "app/peer/discovery_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/wire/convert.hpp"
#include "tests/unit/app/peer/loop.hpp"
#include "tests/unit/app/peer/raw_peer.hpp"

namespace parking::peer {
namespace {

using core::LinkState;
using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class ADiscoveryClient : public testing::Test {
protected:
  ADiscoveryClient() { list.lease = core::Duration{15000}; }

  void start(DiscoverySettings settings = {.renew_every = milliseconds(5), .backoff = quick}) {
    registry.emplace(io);
    port = registry->port();
    client = std::make_unique<DiscoveryClient>(
        io.get_executor(), registry->address(), [] { return 0; },
        DiscoveryClient::Hooks{
            .announcement = [this] { return announcement; },
            .listed = [this](const core::PeerList& got) { listed.push_back(got.revision); },
            .refused = [this](const core::Refusal& got) { refused.push_back(got.text); }},
        settings);
    client->start();
  }

  /// The registry's end of the newest connection, once the gate has announced itself on it.
  RawPeer* announced(std::size_t connections = 1) {
    const bool came = run_until(io, [&] {
      return registry->peers.size() >= connections &&
             !registry->peers.back()->heard<core::Register>().empty();
    });
    return came ? registry->peers.back().get() : nullptr;
  }

  void tell_list(RawPeer& to, std::uint64_t revision) {
    list.revision = revision;
    to.say(list);
  }

  static constexpr BackoffLimits quick{.first = milliseconds(2), .longest = milliseconds(4)};
  asio::io_context io;
  std::optional<RawListener> registry;
  std::uint16_t port = 0;
  core::Register announcement{.owner = {core::GateId::parse("north").value(), {7}},
                              .address = "127.0.0.1:7411",
                              .has_entry = true};
  core::PeerList list;
  std::vector<std::uint64_t> listed;
  std::vector<std::string> refused;
  std::unique_ptr<DiscoveryClient> client;
};

TEST_F(ADiscoveryClient, AnnouncesItsGate) {
  start();
  const RawPeer* peer = announced();
  ASSERT_NE(peer, nullptr);
  EXPECT_THAT(peer->heard<core::Register>(), ElementsAre(announcement));
}

TEST_F(ADiscoveryClient, RenewsAgainAndAgainOnceItIsListed) {
  start();
  RawPeer* peer = announced();
  ASSERT_NE(peer, nullptr);
  EXPECT_THAT(peer->heard<core::Renew>(), IsEmpty());
  tell_list(*peer, 1);
  ASSERT_TRUE(run_until(io, [&] { return peer->heard<core::Renew>().size() >= 3; }));
  EXPECT_EQ(peer->heard<core::Renew>().front().owner, announcement.owner);
}

TEST_F(ADiscoveryClient, RenewsEachSecondUnlessToldOtherwise) {
  EXPECT_EQ(DiscoverySettings{}.renew_every, milliseconds(1000));
}

TEST_F(ADiscoveryClient, PassesOnEachListThatIsPushed) {
  start();
  RawPeer* peer = announced();
  ASSERT_NE(peer, nullptr);
  for (const std::uint64_t revision : {1U, 2U, 5U}) tell_list(*peer, revision);
  EXPECT_TRUE(run_until(io, [&] { return listed.size() == 3; }));
  EXPECT_THAT(listed, ElementsAre(1, 2, 5));
  EXPECT_EQ(client->view().state, LinkState::alive);
}

TEST_F(ADiscoveryClient, ReportsARefusalAndAsksAgain) {
  start();
  for (std::size_t time = 1; time <= 3; ++time) {
    RawPeer* peer = announced(time);
    ASSERT_NE(peer, nullptr);
    peer->say(core::Refusal{core::RefusalCode::gate_id_taken, "taken"});
    ASSERT_TRUE(run_until(io, [&] { return refused.size() == time; }));
  }
  RawPeer* peer = announced(4);
  ASSERT_NE(peer, nullptr);
  tell_list(*peer, 9);
  EXPECT_TRUE(run_until(io, [&] { return !listed.empty(); }));
}

TEST_F(ADiscoveryClient, AsksLessAndLessOftenWhenItsGateWasRetired) {
  start({.renew_every = milliseconds(5),
         .backoff = {.first = milliseconds(1), .longest = std::chrono::hours(1)}});
  constexpr std::size_t refusals = 9;
  for (std::size_t time = 1; time <= refusals; ++time) {
    RawPeer* peer = announced(time);
    ASSERT_NE(peer, nullptr);
    peer->say(core::Refusal{core::RefusalCode::retired, "retired"});
    ASSERT_TRUE(run_until(io, [&] { return refused.size() == time; }));
  }
  // The tenth try comes after half of 2^9 ms at the earliest.
  EXPECT_FALSE(run_until(io, [&] { return registry->peers.size() > refusals; }, milliseconds(50)));
}

TEST_F(ADiscoveryClient, ComesBackWhenDiscoveryDoes) {
  start();
  RawPeer* peer = announced();
  ASSERT_NE(peer, nullptr);
  tell_list(*peer, 1);
  ASSERT_TRUE(run_until(io, [&] { return listed.size() == 1; }));
  registry.reset();
  ASSERT_TRUE(run_until(io, [&] { return client->view().state == LinkState::late; }));
  EXPECT_FALSE(run_until(io, [] { return false; }, milliseconds(20)));
  registry.emplace(io, port);
  peer = announced();
  ASSERT_NE(peer, nullptr);
  tell_list(*peer, 2);
  EXPECT_TRUE(run_until(io, [&] { return client->view().state == LinkState::alive; }));
}

TEST_F(ADiscoveryClient, AnnouncesWhatHoldsWhenItReconnects) {
  start();
  RawPeer* peer = announced();
  ASSERT_NE(peer, nullptr);
  announcement.lot = core::LotId{42};
  peer->hang_up();
  const RawPeer* again = announced(2);
  ASSERT_NE(again, nullptr);
  EXPECT_EQ(again->heard<core::Register>().front().lot, core::LotId{42});
}

TEST_F(ADiscoveryClient, GivesUpASilentRegistryAndDialsAnew) {
  start({.renew_every = milliseconds(5), .silent_for = milliseconds(30), .backoff = quick});
  RawPeer* peer = announced();
  ASSERT_NE(peer, nullptr);
  tell_list(*peer, 1);
  EXPECT_NE(announced(2), nullptr);
  EXPECT_TRUE(run_until(io, [&] { return registry->peers.front()->ended(); }));
}

TEST_F(ADiscoveryClient, DialsAnewAfterGarbage) {
  start();
  RawPeer* peer = announced();
  ASSERT_NE(peer, nullptr);
  peer->say_frame("\x01garbage");
  EXPECT_NE(announced(2), nullptr);
}

TEST_F(ADiscoveryClient, WithdrawsAndStaysAway) {
  start();
  RawPeer* peer = announced();
  ASSERT_NE(peer, nullptr);
  tell_list(*peer, 1);
  ASSERT_TRUE(run_until(io, [&] { return listed.size() == 1; }));
  client->withdraw();
  ASSERT_TRUE(run_until(io, [&] { return peer->ended(); }));
  EXPECT_THAT(peer->heard<core::Withdraw>(), ElementsAre(core::Withdraw{announcement.owner}));
  EXPECT_FALSE(run_until(io, [&] { return registry->peers.size() > 1; }, milliseconds(30)));
  EXPECT_THAT(registry->peers, SizeIs(1));
}

TEST_F(ADiscoveryClient, MayWithdrawBeforeItHasReachedAnybody) {
  start();
  client->withdraw();
  EXPECT_FALSE(run_until(
      io,
      [&] {
        return !registry->peers.empty() &&
               !registry->peers.front()->heard<core::Register>().empty();
      },
      milliseconds(30)));
}

TEST_F(ADiscoveryClient, IsNotHeardOfAfterItsEnd) {
  start();
  RawPeer* peer = announced();
  ASSERT_NE(peer, nullptr);
  tell_list(*peer, 1);
  client.reset();
  EXPECT_TRUE(run_until(io, [&] { return peer->ended(); }));
  EXPECT_THAT(listed, IsEmpty());
}

}  // namespace
}  // namespace parking::peer
