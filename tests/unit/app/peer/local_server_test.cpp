#include "app/peer/local_server.hpp"

#include <array>
#include <fstream>

#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temp_dir.hpp"
#include "tests/unit/app/peer/loop.hpp"
#include "tests/unit/app/peer/raw_peer.hpp"

namespace parking::peer {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Reply = std::function<void(wire::LocalReply)>;

class ALocalServer : public testing::Test {
protected:
  std::expected<std::unique_ptr<LocalServer>, std::string> listen(LocalTimes times = {}) {
    return LocalServer::listen(io.get_executor(), path,
                               {.answer = [this](const wire::LocalRequest& request,
                                                 const Reply& reply) { answer(request, reply); },
                                .snapshot =
                                    [this] {
                                      core::Snapshot snapshot;
                                      snapshot.lot.free = free;
                                      return snapshot;
                                    }},
                               times);
  }

  std::unique_ptr<RawPeer> ask(const wire::LocalRequest& request) {
    auto client = RawPeer::dial(io, path);
    client->say_frame(wire::encode(request));
    return client;
  }

  static core::Count free_of(const std::string& payload) {
    const auto reply = wire::decode_local_reply(payload);
    return reply && reply->snapshot ? reply->snapshot->lot.free : -1;
  }

  bool heard(const RawPeer& client, std::size_t replies = 1) {
    return run_until(io, [&] { return client.payloads.size() >= replies; });
  }

  asio::io_context io;
  test_support::TempDir directory;
  std::filesystem::path path = directory.path() / "gate.sock";
  core::Count free = 7;
  std::function<void(const wire::LocalRequest&, const Reply&)> answer =
      [](const wire::LocalRequest&, const Reply& reply) { reply({}); };
};

TEST_F(ALocalServer, AnswersARequest) {
  const auto server = listen();
  ASSERT_TRUE(server);
  answer = [](const wire::LocalRequest& request, const Reply& reply) {
    wire::LocalReply refusal;
    refusal.error = std::get<wire::SettleRequest>(request).lane + " is unknown";
    reply(refusal);
  };
  const auto client = ask(wire::SettleRequest{.lane = "in", .reason = "r"});
  ASSERT_TRUE(heard(*client));
  EXPECT_EQ(wire::decode_local_reply(client->payloads.front())->error, "in is unknown");
}

TEST_F(ALocalServer, AnswersLaterAlsoWhenTheClientHasGone) {
  const auto server = listen();
  std::vector<Reply> waiting;
  answer = [&](const wire::LocalRequest&, const Reply& reply) { waiting.push_back(reply); };
  const auto patient = ask(wire::StatusRequest{});
  auto hasty = ask(wire::StatusRequest{});
  ASSERT_TRUE(run_until(io, [&] { return waiting.size() == 2; }));
  hasty.reset();
  run_ready(io);
  for (const Reply& reply : waiting) reply({});
  EXPECT_TRUE(heard(*patient));
}

TEST_F(ALocalServer, ShowsAWatcherEveryChange) {
  const auto server = listen({.longest_gap = std::chrono::hours(1)});
  const auto watcher = ask(wire::WatchRequest{});
  ASSERT_TRUE(heard(*watcher, 1));
  EXPECT_EQ(free_of(watcher->payloads[0]), 7);
  for (free = 6; free > 3; --free) {
    (*server)->changed();
    ASSERT_TRUE(run_until(io, [&] { return free_of(watcher->payloads.back()) == free; }));
  }
}

TEST_F(ALocalServer, GathersChangesThatComeTooQuicklyToBeSeen) {
  const auto server = listen({.least_gap = milliseconds(30), .longest_gap = std::chrono::hours(1)});
  const auto watcher = ask(wire::WatchRequest{});
  ASSERT_TRUE(heard(*watcher, 1));
  const auto begin = std::chrono::steady_clock::now();
  for (free = 100; free > 0; --free) {
    (*server)->changed();
    run_ready(io);
  }
  (*server)->changed();
  ASSERT_TRUE(run_until(io, [&] { return free_of(watcher->payloads.back()) == 0; }));
  const auto gaps = (std::chrono::steady_clock::now() - begin) / milliseconds(30);
  EXPECT_LE(watcher->payloads.size(), static_cast<std::size_t>(gaps) + 2);
}

TEST_F(ALocalServer, SpeaksToWatchersAlsoWhenNothingChanges) {
  EXPECT_EQ(LocalTimes{}.longest_gap, milliseconds(500));
  const auto server = listen({.longest_gap = milliseconds(5)});
  const auto watcher = ask(wire::WatchRequest{});
  EXPECT_TRUE(heard(*watcher, 5));
}

TEST_F(ALocalServer, DoesNotPileUpPicturesForAWatcherThatDoesNotLook) {
  const auto server = listen({.least_gap = milliseconds(0), .longest_gap = milliseconds(0)});
  asio::local::stream_protocol::socket blind(io);
  blind.connect({path.string()});
  const std::string request = wire::frame(wire::encode(wire::WatchRequest{})).value();
  asio::write(blind, asio::buffer(request));
  const auto other = ask(wire::WatchRequest{});
  ASSERT_TRUE(heard(*other, 3000));  // more than a queue holds
  EXPECT_FALSE(other->ended());
  std::array<char, 1> byte{};
  EXPECT_EQ(blind.read_some(asio::buffer(byte)), 1U);
}

TEST_F(ALocalServer, IsForOwnerAndGroupOnly) {
  const auto server = listen();
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(path).permissions(),
            perms::owner_read | perms::owner_write | perms::group_read | perms::group_write);
}

TEST_F(ALocalServer, ReplacesASocketThatNobodyListensOn) {
  {
    asio::local::stream_protocol::acceptor dead(io, {path.string()});
  }
  ASSERT_TRUE(std::filesystem::is_socket(path));
  const auto server = listen();
  ASSERT_TRUE(server) << server.error();
  const auto client = ask(wire::StatusRequest{});
  EXPECT_TRUE(heard(*client));
}

TEST_F(ALocalServer, LeavesTheSocketOfALivingProgramAlone) {
  const auto first = listen();
  const auto second = listen();
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error(), HasSubstr("another program answers there; stop it first"));
  const auto client = ask(wire::StatusRequest{});
  EXPECT_TRUE(heard(*client));
}

TEST_F(ALocalServer, TakesAProgramThatIsTooBusyToAnswerForALivingOne) {
  asio::local::stream_protocol::acceptor busy(io);
  busy.open();
  busy.bind({path.string()});
  busy.listen(0);
  std::vector<asio::local::stream_protocol::socket> waiting;
  for (int i = 0; i < 4; ++i) {  // one may wait for each acceptance, and a spare one
    waiting.emplace_back(io).open({});
    waiting.back().non_blocking(true);
    boost::system::error_code ignored;
    waiting.back().connect({path.string()}, ignored);
  }
  EXPECT_FALSE(listen());
}

TEST_F(ALocalServer, DoesNotRemoveAFileThatIsNoSocket) {
  std::ofstream(path) << "precious";
  const auto server = listen();
  ASSERT_FALSE(server);
  EXPECT_THAT(server.error(), HasSubstr("it is not a socket"));
  EXPECT_TRUE(std::filesystem::exists(path));
}

TEST_F(ALocalServer, RefusesAPathThatNoSocketCanHave) {
  path = directory.path() / std::string(108, 'x');
  const auto server = listen();
  ASSERT_FALSE(server);
  EXPECT_THAT(server.error(), HasSubstr("longer than 107"));
}

TEST_F(ALocalServer, ClosesOnlyTheClientThatSendsGarbage) {
  const auto server = listen();
  const auto good = RawPeer::dial(io, path);
  const auto bad = RawPeer::dial(io, path);
  bad->say_frame("\x01garbage");
  ASSERT_TRUE(run_until(io, [&] { return bad->ended(); }));
  good->say_frame(wire::encode(wire::StatusRequest{}));
  EXPECT_TRUE(heard(*good));
}

TEST_F(ALocalServer, SaysWhatItDoesNotUnderstandBeforeItCloses) {
  const auto server = listen();
  const auto client = ask(wire::SettleRequest{.lane = "in", .reason = "two\nlines"});
  ASSERT_TRUE(run_until(io, [&] { return client->ended(); }));
  ASSERT_EQ(client->payloads.size(), 1U);
  EXPECT_NE(wire::decode_local_reply(client->payloads.front())->error.find("line break"),
            std::string::npos);
}

TEST_F(ALocalServer, HasRoomForSixtyFourAndForTheNextWhenOneLeaves) {
  const auto server = listen();
  std::vector<std::unique_ptr<RawPeer>> clients;
  for (std::size_t i = 0; i < LocalServer::max_connections; ++i) {
    clients.push_back(ask(wire::StatusRequest{}));
    ASSERT_TRUE(heard(*clients.back()));
  }
  const auto one_too_many = RawPeer::dial(io, path);
  ASSERT_TRUE(run_until(io, [&] { return one_too_many->ended(); }));
  clients.pop_back();
  run_ready(io);
  const auto next = ask(wire::StatusRequest{});
  EXPECT_TRUE(heard(*next));
}

TEST_F(ALocalServer, EndsItsConnectionsAndRemovesItsSocket) {
  auto server = listen();
  const auto watcher = ask(wire::WatchRequest{});
  ASSERT_TRUE(heard(*watcher));
  server->reset();
  EXPECT_TRUE(run_until(io, [&] { return watcher->ended(); }));
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace parking::peer
