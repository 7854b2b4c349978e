// The small classes that the exchange is made of: types, demand, ask, shares, alarms, peers.
#include <numeric>
#include <random>

#include <gtest/gtest.h>

#include "app/core/alarms.hpp"
#include "app/core/ask.hpp"
#include "app/core/demand.hpp"
#include "app/core/peers.hpp"
#include "app/core/rebalance.hpp"

namespace parking::core {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

const GateId north = *GateId::parse("north");
const GateId south = *GateId::parse("south");
constexpr Incarnation a{1};
constexpr Incarnation b{2};
constexpr Instant start{};

TEST(AGatesName, IsShortAndPlain) {
  for (const std::string& good :
       std::vector<std::string>{"n", "north", "0", "a-b_9", std::string(32, 'x')})
    EXPECT_TRUE(GateId::parse(good)) << good;
  for (const std::string& bad : std::vector<std::string>{"", "-a", "_a", "North", "a b", "\xc3\xa4",
                                                         "office", std::string(33, 'x')})
    EXPECT_FALSE(GateId::parse(bad)) << bad;
  EXPECT_TRUE(GateId::office().is_office());
}

TEST(AnIncarnation, IsShownAsSixteenDigits) {
  EXPECT_EQ(to_string(Incarnation{0xab}), "00000000000000ab");
  EXPECT_EQ(to_string(LotId{0xfedcba9876543210U}), "fedcba9876543210");
}

TEST(ADemand, IsServedAtMostOnceForEachInquiry) {
  DemandQueue queue;
  queue.heard(a, 1, 2, DemandRank::waiting, start);
  ASSERT_EQ(queue.in_order().size(), 1U);
  queue.served(a, 1);
  EXPECT_TRUE(queue.in_order().empty());
  queue.heard(a, 1, 2, DemandRank::waiting, start + 150ms);  // sent again
  EXPECT_TRUE(queue.in_order().empty());
  queue.heard(a, 2, 1, DemandRank::waiting, start + 300ms);
  EXPECT_EQ(queue.total(), 1);
}

TEST(ADemand, ThatWasPartlyServedKeepsItsPlace) {
  DemandQueue queue;
  queue.heard(a, 1, 3, DemandRank::waiting, start);
  queue.heard(b, 1, 1, DemandRank::waiting, start + 1s);
  queue.served(a, 1);
  queue.heard(a, 2, 2, DemandRank::waiting, start + 2s);
  ASSERT_EQ(queue.in_order().size(), 2U);
  EXPECT_EQ(queue.in_order().front().asker, a);
  EXPECT_EQ(queue.in_order().front().wanted, 2);
}

TEST(ADemand, OfHigherRankGoesBeforeAnOlderOne) {
  DemandQueue queue;
  queue.heard(a, 1, 1, DemandRank::waiting, start);
  queue.heard(b, 1, 1, DemandRank::capacity_cut, start + 1s);
  EXPECT_EQ(queue.in_order().front().asker, b);
  queue.heard(a, 2, 1, DemandRank::debt, start + 2s);
  EXPECT_EQ(queue.in_order().front().asker, a);
  EXPECT_EQ(queue.in_order().front().since, start + 2s) << "another wait";
}

TEST(ADemand, IsNotRevivedByALateInquiry) {
  DemandQueue queue;
  queue.heard(a, 1, 2, DemandRank::waiting, start);
  queue.heard(a, 3, 0, DemandRank::waiting, start);  // it waits no longer
  queue.heard(a, 2, 2, DemandRank::waiting, start);  // overtaken
  EXPECT_TRUE(queue.in_order().empty());
}

TEST(ADemand, KeepsItsPlaceWhileItIsRenewedAndIsForgottenWhenItIsNot) {
  DemandQueue queue;
  queue.heard(a, 1, 1, DemandRank::waiting, start);
  queue.heard(b, 1, 1, DemandRank::waiting, start + 1s);
  queue.heard(a, 2, 1, DemandRank::waiting, start + 2s);
  queue.expire(start + 3s);
  ASSERT_EQ(queue.in_order().size(), 2U);
  EXPECT_EQ(queue.in_order().front().asker, a);
  EXPECT_EQ(queue.in_order().front().since, start);
  queue.expire(start + 4s);
  ASSERT_EQ(queue.in_order().size(), 1U);
  EXPECT_EQ(queue.in_order().front().asker, a);
  queue.expire(start + 5s);
  EXPECT_EQ(queue.total(), 0);
}

TEST(ADemandQueue, GivesAtMostOnceForEachInquiryInAnyOrder) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    std::mt19937_64 dice(seed);
    DemandQueue queue;
    std::map<std::pair<Incarnation, std::uint64_t>, int> gifts;
    Instant now = start;
    for (int step = 0; step < 100; ++step) {
      now += Duration{static_cast<Duration::rep>(dice() % 1500)};
      queue.heard(Incarnation{1 + dice() % 3}, 1 + dice() % 8, static_cast<Count>(dice() % 3),
                  DemandRank::waiting, now);
      queue.expire(now);
      const auto waiting = queue.in_order();
      for (std::size_t i = 1; i < waiting.size(); ++i)
        ASSERT_LE(waiting[i - 1].since, waiting[i].since) << "seed " << seed;
      if (waiting.empty() || dice() % 2 == 0) continue;
      ASSERT_EQ(++gifts[std::pair(waiting.front().asker, waiting.front().id)], 1)
          << "seed " << seed;
      queue.served(waiting.front().asker, waiting.front().wanted);
    }
  }
}

TEST(AnInquiry, IsSettledOnlyWhenSomebodyWasAsked) {
  Ask ask;
  std::uint64_t next = 1;
  EXPECT_FALSE(ask.settled(start));
  EXPECT_TRUE(ask.want(
      1, DemandRank::waiting, next,
      [] {
        return std::set<GateId>{north, south};
      },
      start));
  EXPECT_FALSE(ask.settled(start));
  ask.answered(north, ask.id());
  EXPECT_FALSE(ask.settled(start));
  ask.answered(south, ask.id() + 1);  // an answer to something else
  EXPECT_FALSE(ask.settled(start));
  ask.answered(south, ask.id());
  EXPECT_TRUE(ask.settled(start));
}

TEST(AnInquiry, IsSettledAtItsDeadlineAndStaysSoWhileItIsRenewed) {
  Ask ask;
  std::uint64_t next = 1;
  ask.want(
      1, DemandRank::waiting, next, [] { return std::set<GateId>{north}; }, start);
  EXPECT_FALSE(ask.settled(start + Ask::deadline - 1ms));
  EXPECT_TRUE(ask.settled(start + Ask::deadline));
  EXPECT_TRUE(ask.want(
      1, DemandRank::waiting, next, [] { return std::set<GateId>{north}; },
      start + Ask::renew_after));
  EXPECT_TRUE(ask.settled(start + Ask::renew_after));
}

TEST(AnInquiry, IsSentAgainToThoseWhoDidNotAnswer) {
  Ask ask;
  std::uint64_t next = 1;
  ask.want(
      1, DemandRank::waiting, next,
      [] {
        return std::set<GateId>{north, south};
      },
      start);
  ask.answered(north, ask.id());
  EXPECT_TRUE(ask.take_due(start + 149ms).empty());
  EXPECT_EQ(ask.take_due(start + 150ms), std::set{south});
  EXPECT_TRUE(ask.take_due(start + 151ms).empty());
  ask.unreachable(south);
  EXPECT_TRUE(ask.take_due(start + 400ms).empty());
}

TEST(AnInquiry, ReachesWhoeverComesDuringTheWaitAtOnce) {
  Ask ask;
  std::uint64_t next = 1;
  ask.want(
      1, DemandRank::waiting, next, [] { return std::set<GateId>{}; }, start);
  EXPECT_TRUE(ask.settled(start)) << "nobody can be asked";
  ask.reachable(south);
  EXPECT_EQ(ask.take_due(start + 1ms), std::set{south});
}

TEST(AnInquiry, IsWithdrawnUnderANewNumber) {
  Ask ask;
  std::uint64_t next = 1;
  ask.want(
      1, DemandRank::waiting, next, [] { return std::set<GateId>{north}; }, start);
  const std::uint64_t asked = ask.id();
  EXPECT_TRUE(ask.want(
      0, DemandRank::waiting, next, [] { return std::set<GateId>{north}; }, start + 10ms));
  EXPECT_GT(ask.id(), asked);
  EXPECT_FALSE(ask.want(
      0, DemandRank::waiting, next, [] { return std::set<GateId>{north}; }, start + 20ms))
      << "once";
  EXPECT_EQ(ask.next_wake(start + 20ms), Instant::max());
}

TEST(Shares, SumUpToWhatIsSharedAndGoToThePoorest) {
  EXPECT_EQ(share_out(5, {0, 3, 1}), (std::vector<Count>{3, 0, 2}));
  EXPECT_EQ(share_out(3, {-2, 0}), (std::vector<Count>{3, 0}));
  EXPECT_TRUE(share_out(3, {}).empty());
  EXPECT_EQ(share_out(-3, {0, 0}), (std::vector<Count>{0, 0}));
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    std::mt19937_64 dice(seed);
    std::vector<Count> balances(1 + dice() % 6);
    for (Count& balance : balances) balance = static_cast<Count>(dice() % 20) - 5;
    const auto permits = static_cast<Count>(dice() % 40);
    const std::vector<Count> shares = share_out(permits, balances);
    EXPECT_EQ(std::accumulate(shares.begin(), shares.end(), Count{0}), permits) << "seed " << seed;
    Count richest_receiver = -100;
    Count poorest = 100;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      ASSERT_GE(shares[i], 0);
      poorest = std::min(poorest, balances[i] + shares[i]);
      if (shares[i] > 0) richest_receiver = std::max(richest_receiver, balances[i] + shares[i]);
    }
    EXPECT_LE(richest_receiver, poorest + 1) << "seed " << seed;
  }
}

TEST(AGift, IsNeverMoreThanTheDonorHas) {
  for (Count permits = -3; permits < 30; ++permits)
    for (Count wanted = -1; wanted < 10; ++wanted)
      for (Count needed = wanted; needed < 20; needed += 3) {
        const Count size = gift_size({permits, needed, wanted, 100, 3});
        EXPECT_GE(size, 0);
        EXPECT_LE(size, std::max<Count>(0, permits));
        if (wanted > 0) {
          EXPECT_GE(size, std::clamp<Count>(permits, 0, wanted));
        }
      }
}

TEST(AGift, LeavesTheDonorWhatOthersWaitFor) {
  EXPECT_EQ(gift_size({.permits = 3, .needed = 3, .wanted = 1, .capacity = 100, .gates = 1}), 1);
  EXPECT_EQ(gift_size({.permits = 20, .needed = 1, .wanted = 1, .capacity = 80, .gates = 5}), 3);
}

TEST(AnAlarm, IsNewOnceUntilItIsOver) {
  Alarms alarms;
  EXPECT_TRUE(alarms.raise("held", "in", "look", start));
  EXPECT_FALSE(alarms.raise("held", "in", "look again", start + 1s));
  EXPECT_TRUE(alarms.raise("held", "in2", "look", start + 1s)) << "another lane";
  ASSERT_EQ(alarms.view(start + 2s).size(), 2U);
  EXPECT_EQ(alarms.view(start + 2s)[0].since, 2s);
  EXPECT_EQ(alarms.view(start + 2s)[0].text, "look again");
  alarms.clear("held", "in");
  EXPECT_FALSE(alarms.raised("held", "in"));
  EXPECT_TRUE(alarms.raise("held", "in", "look", start + 3s));
}

TEST(Peers, HaveRoomForALotAndItsOffice) {
  Peers peers(start);
  for (std::size_t i = 0; i < max_gates; ++i)
    ASSERT_NE(peers.obtain(*GateId::parse("g" + std::to_string(i))), nullptr);
  EXPECT_NE(peers.obtain(GateId::office()), nullptr);
  EXPECT_EQ(peers.obtain(north), nullptr);
  EXPECT_NE(peers.obtain(GateId::office()), nullptr);
}

TEST(APeer, IsReachedOverTheLinkItWasWelcomedOnAndNoOther) {
  Peers peers(start);
  peers.open(LinkId{1}, north, start);
  EXPECT_EQ(peers.on(LinkId{1}), nullptr);
  Peer* peer = peers.obtain(north);
  peers.link(LinkId{1})->peer = north;
  peer->link = LinkId{1};
  EXPECT_EQ(peers.on(LinkId{1}), peer);
  EXPECT_EQ(peers.reachable(), std::set{north});
  peers.open(LinkId{2}, {}, start);
  peers.link(LinkId{2})->peer = north;
  peer->link = LinkId{2};
  EXPECT_EQ(peers.on(LinkId{1}), nullptr) << "another one has taken over";
  peers.close(LinkId{1});
  EXPECT_EQ(peers.reachable(), std::set{north});
  peers.close(LinkId{2});
  EXPECT_TRUE(peers.reachable().empty());
}

}  // namespace
}  // namespace parking::core
