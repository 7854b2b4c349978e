#include "app/peer/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/peer/connect.hpp"
#include "app/peer/spawn.hpp"
#include "tests/unit/app/peer/loop.hpp"
#include "tests/unit/app/peer/raw_peer.hpp"

namespace parking::peer {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class AServer : public testing::Test {
protected:
  std::expected<std::unique_ptr<Server>, std::string> listen(const std::string& host,
                                                             std::uint16_t port = 0) {
    return Server::listen(io.get_executor(), host, port, [this](std::unique_ptr<Stream> stream) {
      accepted.push_back(std::move(stream));
    });
  }

  /// What dialling ends with: "" or the fault.
  std::string dial(const std::string& address) {
    std::optional<std::string> result;
    spawn(
        io.get_executor(),
        [](std::string where, std::optional<std::string>& out) -> asio::awaitable<void> {
          const auto stream = co_await connect(where);
          out = stream ? std::string() : stream.error();
        }(address, result),
        [](const std::string& error) { FAIL() << error; });
    EXPECT_TRUE(run_until(io, [&] { return result.has_value(); }));
    return result.value_or("nothing");
  }

  asio::io_context io;
  std::vector<std::unique_ptr<Stream>> accepted;
};

TEST_F(AServer, TakesEverybodyWhoDials) {
  const auto server = listen("127.0.0.1");
  ASSERT_TRUE(server);
  const auto first = RawPeer::dial(io, (*server)->port());
  const auto second = RawPeer::dial(io, (*server)->port());
  ASSERT_TRUE(run_until(io, [&] { return accepted.size() == 2; }));
  EXPECT_THAT(accepted[0]->remote(), StartsWith("127.0.0.1:"));
}

TEST_F(AServer, NamesThePortThatIsInUseAndSaysWhatToDo) {
  const RawListener other(io);
  const auto server = listen("127.0.0.1", other.port());
  ASSERT_FALSE(server);
  EXPECT_THAT(server.error(), AllOf(HasSubstr(other.address()), HasSubstr("another program uses"),
                                    HasSubstr("stop it or choose another port")));
}

TEST_F(AServer, WantsANumericAddress) {
  const auto server = listen("gate.example");
  ASSERT_FALSE(server);
  EXPECT_THAT(server.error(), HasSubstr("numeric address"));
  EXPECT_TRUE(listen("localhost"));
}

TEST_F(AServer, ListensOnIpv6Too) {
  const auto server = listen("::1");
  if (!server) GTEST_SKIP() << "no IPv6 here: " << server.error();
  EXPECT_EQ(dial("[::1]:" + std::to_string((*server)->port())), "");
  ASSERT_TRUE(run_until(io, [&] { return !accepted.empty(); }));
  EXPECT_THAT(accepted.front()->remote(), StartsWith("[::1]:"));
}

TEST_F(AServer, IsNotHeardOfAfterItsEnd) {
  auto server = listen("127.0.0.1");
  ASSERT_TRUE(server);
  run_ready(io);  // waits for a connection now
  const auto peer = RawPeer::dial(io, (*server)->port());
  server->reset();  // with a connection that the kernel has taken already
  run_ready(io);
  EXPECT_TRUE(accepted.empty());
}

TEST_F(AServer, FreesItsPort) {
  auto server = listen("127.0.0.1");
  const std::uint16_t port = (*server)->port();
  server->reset();
  EXPECT_TRUE(listen("127.0.0.1", port));
}

TEST_F(AServer, IsReachedByNumberAndByName) {
  const auto server = listen("127.0.0.1");
  const std::string port = std::to_string((*server)->port());
  EXPECT_EQ(dial("127.0.0.1:" + port), "");
  EXPECT_EQ(dial("localhost:" + port), "");
  EXPECT_TRUE(run_until(io, [&] { return accepted.size() == 2; }));
}

TEST_F(AServer, IsNotReachedWhereThereIsNone) {
  std::string address;
  {
    const RawListener gone(io);
    address = gone.address();
  }
  run_ready(io);
  EXPECT_EQ(dial(address), "Connection refused");
  EXPECT_THAT(dial("127.0.0.1"), HasSubstr("has no port"));
  EXPECT_THAT(dial("127.0.0.1:70000"), HasSubstr("is no port"));
}

}  // namespace
}  // namespace parking::peer
