#include "app/peer/dialer.hpp"

#include <set>

#include <gtest/gtest.h>

#include "tests/unit/app/peer/loop.hpp"
#include "tests/unit/app/peer/raw_peer.hpp"

namespace parking::peer {
namespace {

using std::chrono::milliseconds;

core::GateId gate(std::string_view name) {
  return core::GateId::parse(name).value();
}

class ADialer : public testing::Test {
protected:
  static constexpr milliseconds no_dial_within{40};

  void make(DialerSettings settings = {.backoff = quick, .good_after = milliseconds(10)}) {
    dialer = std::make_unique<Dialer>(
        io.get_executor(), [] { return 0; },
        Dialer::Hooks{.is_engaged = [this](const core::GateId& id) { return engaged.contains(id); },
                      .established =
                          [this](const core::GateId& id, std::unique_ptr<Stream> stream) {
                            streams.push_back(std::move(stream));
                            engaged.insert(id);
                          }},
        settings);
  }

  bool dialled(const RawListener& listener, std::size_t times) {
    return run_until(io, [&] { return listener.peers.size() >= times; });
  }
  bool established(std::size_t times) {
    return run_until(io, [&] { return streams.size() >= times; });
  }
  bool is_quiet(const RawListener& listener) {
    const std::size_t before = listener.peers.size();
    return !run_until(io, [&] { return listener.peers.size() > before; }, no_dial_within);
  }
  void lose(const core::GateId& id) {
    streams.back()->close();
    engaged.erase(id);
    dialer->wake();
  }

  static constexpr BackoffLimits quick{.first = milliseconds(2), .longest = milliseconds(4)};
  asio::io_context io;
  std::set<core::GateId> engaged;
  std::vector<std::unique_ptr<Stream>> streams;
  std::unique_ptr<Dialer> dialer;
  const core::GateId south = gate("south");
};

TEST_F(ADialer, ReachesEveryTarget) {
  const RawListener one(io);
  const RawListener two(io);
  make();
  dialer->set_targets({{gate("east"), one.address()}, {south, two.address()}});
  EXPECT_TRUE(dialled(one, 1));
  EXPECT_TRUE(dialled(two, 1));
}

TEST_F(ADialer, DialsAgainWhenAConnectionIsLost) {
  const RawListener listener(io);
  make();
  dialer->set_targets({{south, listener.address()}});
  for (std::size_t time = 1; time <= 3; ++time) {
    ASSERT_TRUE(established(time));
    EXPECT_TRUE(is_quiet(listener));
    lose(south);
  }
  EXPECT_TRUE(established(4));
}

TEST_F(ADialer, GoesOnTryingUntilSomebodyListens) {
  std::optional<RawListener> listener(io);
  const std::uint16_t port = listener->port();
  const std::string address = listener->address();
  listener.reset();
  make();
  dialer->set_targets({{south, address}});
  EXPECT_FALSE(run_until(io, [&] { return !streams.empty(); }, no_dial_within));
  listener.emplace(io, port);
  EXPECT_TRUE(established(1));
}

TEST_F(ADialer, WaitsLongerAfterEachConnectionThatComesToNothing) {
  const RawListener listener(io);
  make({.backoff = {.first = milliseconds(2), .longest = milliseconds(60'000)},
        .good_after = milliseconds(60'000)});
  dialer->set_targets({{south, listener.address()}});
  std::size_t times = 0;
  // Without jitter the waits are 1, 2, 4, ... ms; all before the 10th take half a second.
  while (run_until(io, [&] { return streams.size() > times; }, milliseconds(150))) {
    ++times;
    ASSERT_LT(times, 12U);
    lose(south);
  }
  EXPECT_GE(times, 3U);
}

TEST_F(ADialer, BeginsWithAShortWaitAfterAConnectionThatWasGood) {
  const RawListener listener(io);
  make({.backoff = {.first = milliseconds(2), .longest = milliseconds(60'000)},
        .good_after = milliseconds(0)});
  dialer->set_targets({{south, listener.address()}});
  for (std::size_t time = 1; time <= 20; ++time) {
    ASSERT_TRUE(established(time));
    run_ready(io);
    lose(south);
  }
  EXPECT_TRUE(established(21));
}

TEST_F(ADialer, DoesNotDialWhomItIsEngagedWith) {
  const RawListener listener(io);
  make();
  engaged.insert(south);
  dialer->set_targets({{south, listener.address()}});
  EXPECT_TRUE(is_quiet(listener));
  dialer->wake();
  EXPECT_TRUE(is_quiet(listener));
  engaged.clear();
  dialer->wake();
  EXPECT_TRUE(dialled(listener, 1));
}

TEST_F(ADialer, DropsAConnectionThatTheOtherSideWasQuickerToMake) {
  const RawListener listener(io);
  make();
  dialer->set_targets({{south, listener.address()}});
  ASSERT_TRUE(dialled(listener, 1) && established(1));
  lose(south);
  // Dialled in by the other side while the own attempt is on its way.
  ASSERT_TRUE(run_until(io, [&] { return listener.peers.size() == 2 || streams.size() == 2; }));
  if (streams.size() == 2) GTEST_SKIP() << "the attempt ended before its sign";
  engaged.insert(south);
  EXPECT_TRUE(run_until(io, [&] { return listener.peers.back()->ended(); }));
  EXPECT_EQ(streams.size(), 1U);
}

TEST_F(ADialer, StopsWhenItsTargetIsRemoved) {
  const RawListener listener(io);
  make();
  dialer->set_targets({{south, listener.address()}});
  ASSERT_TRUE(established(1));
  dialer->set_targets({});
  lose(south);
  EXPECT_TRUE(is_quiet(listener));
}

TEST_F(ADialer, FollowsATargetToItsNewAddress) {
  const RawListener old_place(io);
  const RawListener new_place(io);
  make();
  dialer->set_targets({{south, old_place.address()}});
  ASSERT_TRUE(established(1));
  dialer->set_targets({{south, new_place.address()}});
  EXPECT_TRUE(is_quiet(new_place));
  lose(south);
  EXPECT_TRUE(dialled(new_place, 1));
  EXPECT_EQ(old_place.peers.size(), 1U);
}

TEST_F(ADialer, IsNotHeardOfAfterItsEnd) {
  const RawListener listener(io);
  make();
  dialer->set_targets({{south, listener.address()}});
  run_ready(io);
  dialer.reset();
  EXPECT_FALSE(run_until(io, [&] { return !streams.empty(); }, no_dial_within));
}

}  // namespace
}  // namespace parking::peer
