#include "app/kiosk/gate_link.hpp"

#include <memory>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/app/kiosk/samples.hpp"
#include "tests/unit/app/kiosk/socket_bench.hpp"

namespace parking::kiosk {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using State = GateLink::State;

constexpr LinkTimes patient{1ms, never};
constexpr LinkTimes hasty{1ms, 60ms};

class AGateLink : public testing::Test, protected SocketBench {
protected:
  void watch(LinkTimes times) {
    link = std::make_unique<GateLink>(path, times);
    QObject::connect(link.get(), &GateLink::snapshot_received, &context,
                     [this](const core::Snapshot& snapshot) { snapshots.push_back(snapshot); });
    QObject::connect(link.get(), &GateLink::state_changed, &context,
                     [this] { states.push_back(link->state()); });
    link->start();
  }

  /// As a gate does: says it again and again to whoever watches.
  [[nodiscard]] bool heard(const core::Snapshot& snapshot) {
    const auto before = snapshots.size();
    return soon([&] {
      if (snapshots.size() > before) return true;
      gate.say(snapshot);
      return false;
    });
  }

  [[nodiscard]] bool comes_to(State state) {
    return soon([&] { return !states.empty() && states.back() == state; });
  }

  QObject context;
  std::unique_ptr<GateLink> link;
  std::vector<core::Snapshot> snapshots;
  std::vector<State> states;
};

TEST_F(AGateLink, WatchesTheGate) {
  gate.start();
  watch(patient);
  EXPECT_EQ(link->state(), State::starting);
  ASSERT_TRUE(soon([&] { return gate.watchers() == 1; }));
  auto snapshot = sample_gate();
  gate.say(snapshot);
  ASSERT_TRUE(soon([&] { return snapshots.size() == 1; }));
  EXPECT_EQ(snapshots[0], snapshot);
  snapshot.lot.free = 81;
  gate.say(snapshot);
  ASSERT_TRUE(soon([&] { return snapshots.size() == 2; }));
  EXPECT_EQ(snapshots[1].lot.free, 81);
  EXPECT_THAT(states, ElementsAre(State::connected));
  EXPECT_TRUE(gate.requests().empty());
}

TEST_F(AGateLink, SaysGoneWhenThereNeverWasAGate) {
  watch(hasty);
  ASSERT_TRUE(comes_to(State::gone));
  EXPECT_THAT(states, ElementsAre(State::gone));
}

TEST_F(AGateLink, SaysGoneWhenTheGateFallsSilent) {
  gate.start();
  watch(hasty);
  ASSERT_TRUE(heard(sample_gate()));
  ASSERT_TRUE(comes_to(State::gone));
}

TEST_F(AGateLink, SaysGoneWhenTheGateEnds) {
  gate.start();
  watch(hasty);
  ASSERT_TRUE(heard(sample_gate()));
  gate.stop();
  ASSERT_TRUE(comes_to(State::gone));
}

TEST_F(AGateLink, SaysSoWithinTwoSecondsAndNotBetweenTwoReportsOfAHealthyGate) {
  constexpr auto promised = 2s;
  constexpr auto gate_period = 1s;
  EXPECT_LT(LinkTimes{}.silence, promised);
  EXPECT_GT(LinkTimes{}.silence, gate_period);
}

TEST_F(AGateLink, RecoversByItself) {
  watch(hasty);
  ASSERT_TRUE(comes_to(State::gone));
  gate.start();
  ASSERT_TRUE(heard(sample_gate()));
  gate.stop();
  ASSERT_TRUE(comes_to(State::gone));
  gate.start();
  ASSERT_TRUE(heard(sample_gate()));
  ASSERT_TRUE(soon([&] { return std::ranges::count(states, State::connected) >= 2; }));
}

TEST_F(AGateLink, DoesNotMentionAGateThatIsBackInTime) {
  gate.start();
  watch(patient);
  ASSERT_TRUE(heard(sample_gate()));
  gate.stop();
  gate.start();
  ASSERT_TRUE(heard(sample_gate()));
  EXPECT_GE(gate.calls(), 2);
  EXPECT_THAT(states, ElementsAre(State::connected));
}

TEST_F(AGateLink, LooksForTheSuccessorOfAGateThatHangs) {
  gate.start();
  watch(hasty);
  ASSERT_TRUE(soon([&] { return gate.calls() >= 3; }));
  EXPECT_LE(gate.callers(), 2U);
}

class Nonsense : public AGateLink, public testing::WithParamInterface<QByteArray> {};

TEST_P(Nonsense, IsLeftForANewConnection) {
  gate.start();
  watch(patient);
  ASSERT_TRUE(heard(sample_gate()));
  gate.say_bytes(GetParam());
  ASSERT_TRUE(soon([&] { return gate.calls() == 2; }));
  ASSERT_TRUE(heard(sample_gate()));
  EXPECT_THAT(states, ElementsAre(State::connected));
}

QByteArray framed(const std::string& payload) {
  return QByteArray::fromStdString(wire::frame(payload).value());
}

INSTANTIATE_TEST_SUITE_P(
    FromTheGate, Nonsense,
    testing::Values(QByteArray(8, '\xff'), QByteArray(4, '\0'), framed("\xff\xff\xff"),
                    framed(wire::encode(wire::LocalReply{"not now", {}, {}}))));

TEST_F(AGateLink, IsGoneWhenAllItHearsIsNonsense) {
  gate.start();
  watch(hasty);
  ASSERT_TRUE(soon([&] {
    gate.say_bytes(QByteArray(8, '\xff'));
    return !states.empty();
  }));
  EXPECT_EQ(states.front(), State::gone);
}

TEST_F(AGateLink, SaysNothingWhenItIsDestroyedWhileConnected) {
  gate.start();
  watch(patient);
  ASSERT_TRUE(heard(sample_gate()));
  link.reset();
  ASSERT_TRUE(soon([&] { return gate.callers() == 0; }));
  EXPECT_THAT(states, ElementsAre(State::connected));
}

TEST_F(AGateLink, MayBeDestroyedWhileItLooksForTheGate) {
  watch({1ms, never});
  QCoreApplication::processEvents();
  link.reset();
  QCoreApplication::processEvents();
  EXPECT_TRUE(states.empty());
}

}  // namespace
}  // namespace parking::kiosk
