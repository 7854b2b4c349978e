#include "discovery/running_service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/port.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/app/peer/loop.hpp"
#include "tests/unit/app/peer/raw_peer.hpp"

namespace parking::discovery {
namespace {

using peer::RawPeer;
using peer::run_until;
using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::IsEmpty;

class TheService : public testing::Test {
protected:
  TheService() {
    config.lot_name = "Riverside";
    config.capacity = 10;
    config.listen = {"127.0.0.1", test_support::free_port()};
    config.state_dir = directory.path();
    config.socket = directory.path() / "discovery.sock";
  }

  void start(milliseconds silent_for = RunningService::usual_silence) {
    service.emplace(io.get_executor(), config, "1.0", Service::Hooks{}, silent_for);
    const auto opened = service->open();
    ASSERT_TRUE(opened) << opened.error();
  }

  static core::Register request(std::string_view gate, std::uint64_t incarnation) {
    return {.owner = {core::GateId::parse(gate).value(), {incarnation}},
            .address = "127.0.0.1:" + std::to_string(incarnation),
            .has_entry = true};
  }

  std::unique_ptr<RawPeer> dial() { return RawPeer::dial(io, config.listen.port); }
  std::unique_ptr<RawPeer> announce(const core::Register& what) {
    auto gate = dial();
    gate->say(what);
    return gate;
  }

  /// How a gate is listed in the last list that `to` has heard.
  static std::optional<core::PeerState> state_of(std::string_view gate, const RawPeer& to) {
    const auto lists = to.heard<core::PeerList>();
    if (lists.empty()) return std::nullopt;
    for (const core::PeerInfo& info : lists.back().peers)
      if (info.owner.gate.text() == gate) return info.state;
    return std::nullopt;
  }
  bool becomes(std::string_view gate, core::PeerState state, const RawPeer& to) {
    return run_until(io, [&] { return state_of(gate, to) == state; });
  }
  bool ends(const RawPeer& connection) {
    return run_until(io, [&] { return connection.ended(); });
  }

  /// The lot in the last list that `to` has heard.
  static core::LotId lot_in(const RawPeer& to) {
    const auto lists = to.heard<core::PeerList>();
    return lists.empty() ? core::LotId{} : lists.back().lot;
  }

  wire::LocalReply ask(const wire::LocalRequest& what) {
    const auto client = RawPeer::dial(io, config.socket);
    client->say_frame(wire::encode(what));
    if (!run_until(io, [&] { return !client->payloads.empty(); })) {
      ADD_FAILURE() << "no answer";
      return {};
    }
    return wire::decode_local_reply(client->payloads[0]).value();
  }

  boost::asio::io_context io;
  test_support::TempDir directory;
  DiscoveryConfig config;
  std::optional<RunningService> service;
};

TEST_F(TheService, TellsEachGateWhoElseComesAndGoes) {
  start();
  const auto north = announce(request("north", 1));
  ASSERT_TRUE(becomes("north", core::PeerState::alive, *north));
  EXPECT_EQ(state_of("office", *north), core::PeerState::alive);
  const auto south = announce(request("south", 2));
  ASSERT_TRUE(becomes("south", core::PeerState::alive, *north));
  ASSERT_TRUE(becomes("north", core::PeerState::alive, *south));
  south->say(core::Withdraw{request("south", 2).owner});
  EXPECT_TRUE(becomes("south", core::PeerState::gone, *north));
}

TEST_F(TheService, AnswersEachRenewal) {
  start();
  const auto north = announce(request("north", 1));
  ASSERT_TRUE(becomes("north", core::PeerState::alive, *north));
  for (std::size_t i = 1; i <= 3; ++i) {
    north->say(core::Renew{request("north", 1).owner});
    ASSERT_TRUE(run_until(io, [&] { return north->heard<core::Renewed>().size() == i; }));
  }
  EXPECT_EQ(north->heard<core::Renewed>().back().lease, config.lease);
}

TEST_F(TheService, AnswersAnAnnouncementThatChangesNothing) {
  start();
  const auto north = announce(request("north", 1));
  ASSERT_TRUE(becomes("north", core::PeerState::alive, *north));
  north->say(request("north", 1));
  EXPECT_TRUE(run_until(io, [&] { return north->heard<core::PeerList>().size() == 2; }));
}

TEST_F(TheService, SaysWhyItRefusesAGate) {
  start();
  const auto north = announce(request("north", 1));
  ASSERT_TRUE(becomes("north", core::PeerState::alive, *north));
  const auto second = announce(request("north", 2));
  ASSERT_TRUE(ends(*second));
  ASSERT_EQ(second->heard<core::Refusal>().size(), 1U);
  EXPECT_EQ(second->heard<core::Refusal>()[0].code, core::RefusalCode::gate_id_taken);
  EXPECT_FALSE(north->ended());
}

TEST_F(TheService, TellsASupersededGateWhenItAnnouncesItselfAnew) {
  start();
  const auto old_life = announce(request("north", 1));
  ASSERT_TRUE(becomes("north", core::PeerState::alive, *old_life));
  core::Register next = request("north", 2);
  next.address = request("north", 1).address;
  const auto new_life = announce(next);
  ASSERT_TRUE(becomes("north", core::PeerState::alive, *new_life));
  old_life->say(core::Renew{request("north", 1).owner});
  ASSERT_TRUE(ends(*old_life));
  const auto again = announce(request("north", 1));
  ASSERT_TRUE(ends(*again));
  EXPECT_EQ(again->heard<core::Refusal>().at(0).code, core::RefusalCode::superseded);
}

TEST_F(TheService, RemembersItsGatesAndTheSupersededAfterARestart) {
  start();
  {
    const auto first = announce(request("north", 1));
    ASSERT_TRUE(becomes("north", core::PeerState::alive, *first));
    core::Register next = request("north", 2);
    next.address = request("north", 1).address;
    const auto second = announce(next);
    ASSERT_TRUE(becomes("north", core::PeerState::alive, *second));
  }
  service.reset();
  start();
  const auto south = announce(request("south", 3));
  EXPECT_TRUE(becomes("north", core::PeerState::alive, *south));
  const auto old_life = announce(request("north", 1));
  ASSERT_TRUE(ends(*old_life));
  EXPECT_EQ(old_life->heard<core::Refusal>().at(0).code, core::RefusalCode::superseded);
}

TEST_F(TheService, ClosesOnlyTheConnectionThatSendsGarbage) {
  start();
  const auto north = announce(request("north", 1));
  ASSERT_TRUE(becomes("north", core::PeerState::alive, *north));
  const auto stranger = dial();
  stranger->say("GET / HTTP/1.1\r\n\r\n");
  const auto other = dial();
  other->say_frame("\x01garbage");
  EXPECT_TRUE(ends(*stranger));
  EXPECT_TRUE(ends(*other));
  EXPECT_FALSE(north->ended());
}

TEST_F(TheService, RefusesAConversationThatBeginsInTheMiddle) {
  start();
  const auto stranger = dial();
  stranger->say(core::Renew{request("north", 1).owner});
  ASSERT_TRUE(ends(*stranger));
  EXPECT_THAT(stranger->heard<core::Refusal>().at(0).text, HasSubstr("begins with Register"));
}

TEST_F(TheService, ClosesAConnectionThatNeverSaysWhoItIs) {
  EXPECT_EQ(RunningService::usual_silence, milliseconds(5000));
  start(milliseconds(20));
  const auto stranger = dial();
  EXPECT_TRUE(ends(*stranger));
}

TEST_F(TheService, ClosesTheConnectionOfASilentGateButKeepsItsLease) {
  start(milliseconds(200));
  const auto north = announce(request("north", 1));
  EXPECT_TRUE(ends(*north));
  EXPECT_EQ(state_of("north", *north), core::PeerState::alive);
  const auto south = announce(request("south", 2));
  EXPECT_TRUE(becomes("north", core::PeerState::alive, *south));
}

TEST_F(TheService, HasRoomAgainWhenSilentConnectionsAreGone) {
  start(milliseconds(300));
  std::vector<std::unique_ptr<RawPeer>> idle;
  for (std::size_t i = 0; i < 4 * core::max_gates; ++i) {
    idle.push_back(dial());
    peer::run_ready(io);
  }
  const auto one_too_many = announce(request("north", 1));
  ASSERT_TRUE(ends(*one_too_many));
  for (const auto& connection : idle) ASSERT_TRUE(ends(*connection));
  const auto north = announce(request("north", 1));
  EXPECT_TRUE(becomes("north", core::PeerState::alive, *north));
}

TEST_F(TheService, LetsAPeerOfTheOfficeSpeakToIt) {
  start();
  const auto peer = dial();
  core::Row row;
  row.owner = request("north", 1).owner;
  peer->say(core::Hello{.to = core::GateId::office(), .lot = core::LotId{9}, .row = {row, {}}});
  ASSERT_TRUE(ends(*peer));
  EXPECT_THAT(peer->heard<core::Refusal>().at(0).text, HasSubstr("does not know its lot yet"));
}

TEST_F(TheService, NamesThePortThatIsInUse) {
  const peer::RawListener other(io, config.listen.port);
  service.emplace(io.get_executor(), config, "1.0", Service::Hooks{});
  const auto opened = service->open();
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error(), HasSubstr(to_string(config.listen)));
}

TEST_F(TheService, AnswersOnItsLocalSocket) {
  start();
  const auto client = RawPeer::dial(io, config.socket);
  client->say_frame(wire::encode(wire::StatusRequest{}));
  client->say_frame(wire::encode(wire::HistoryRequest{}));
  client->say_frame(wire::encode(wire::SettleRequest{.lane = "in", .reason = "r"}));
  ASSERT_TRUE(run_until(io, [&] { return client->payloads.size() == 3; }));
  EXPECT_EQ(wire::decode_local_reply(client->payloads[0])->snapshot->lot.name, "Riverside");
}

TEST_F(TheService, SaysWhereToAskForWhatOnlyAGateCanDo) {
  start();
  for (const wire::LocalRequest& request :
       {wire::LocalRequest(wire::LeaveRequest{}), wire::LocalRequest(wire::StoreRenewRequest{}),
        wire::LocalRequest(wire::StoreTrustRequest{}), wire::LocalRequest(wire::EntriesRequest{})})
    EXPECT_THAT(ask(request).error, HasSubstr("on the gate's Pi"));
}

TEST_F(TheService, SaysWhyItCannotImportAStore) {
  start();
  const auto fault = [this](const std::filesystem::path& file) {
    return ask(wire::ImportRequest{file.string(), "r"}).error;
  };
  EXPECT_THAT(fault(directory.path() / "no.db"), HasSubstr("is not there"));
  EXPECT_THAT(fault(directory.path() / "ledger.db"), HasSubstr("the central service's own store"));
  std::filesystem::create_symlink(directory.path() / "ledger.db", directory.path() / "link.db");
  EXPECT_THAT(fault(directory.path() / "link.db"), HasSubstr("the central service's own store"));
  EXPECT_FALSE(std::filesystem::exists(directory.path() / "import"));
}

TEST_F(TheService, HandsTheStoreOfADeadGateToTheOffice) {
  start();
  const auto card = directory.path() / "card";
  {
    const auto store = store::Store::open(card, [] { return 77; }, nullptr).value();
    core::Record record{.number = 1, .own = core::Row{.owner = request("north", 77).owner}};
    record.own->version = record.own->tag = 1;
    record.lot = core::LotId{5};
    store->append(record);
  }
  const auto north = announce(request("north", 1));
  ASSERT_TRUE(run_until(io, [&] { return !lot_in(*north).empty(); }));
  EXPECT_THAT(ask(wire::ImportRequest{(card / "ledger.db").string(), "r"}).error,
              HasSubstr("belongs to another lot"));
}

TEST_F(TheService, ListsARetiredGateAndRefusesIt) {
  start();
  const auto south = announce(request("south", 2));
  {
    const auto north = announce(request("north", 1));
    ASSERT_TRUE(becomes("north", core::PeerState::alive, *south));
    ASSERT_TRUE(run_until(io, [&] { return !lot_in(*south).empty(); }));
  }
  const wire::RetireRequest both{{request("north", 1).owner.gate, request("south", 2).owner.gate},
                                 "a flood"};
  EXPECT_THAT(ask(both).error, HasSubstr("has just been started"));
  ASSERT_TRUE(run_until(io, [&] { return ask(both).error.empty(); }));
  ASSERT_TRUE(becomes("north", core::PeerState::retired, *south));
  const auto returned = announce(request("north", 1));
  ASSERT_TRUE(ends(*returned));
  EXPECT_EQ(returned->heard<core::Refusal>().at(0).code, core::RefusalCode::retired);

  service.reset();
  start();
  const auto again = announce(request("north", 1));
  ASSERT_TRUE(ends(*again));
  EXPECT_EQ(again->heard<core::Refusal>().at(0).code, core::RefusalCode::retired);
}

TEST_F(TheService, CreatesTheLotOnceAndTellsItsGates) {
  start();
  const auto north = announce(request("north", 1));
  EXPECT_TRUE(run_until(io, [&] { return !lot_in(*north).empty(); }));
}

}  // namespace
}  // namespace parking::discovery
