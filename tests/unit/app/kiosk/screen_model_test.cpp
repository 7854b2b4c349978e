#include "app/kiosk/screen_model.hpp"

#include <QSignalSpy>

#include <gtest/gtest.h>
#include <malloc.h>

#include "tests/unit/app/kiosk/samples.hpp"

namespace parking::kiosk {
namespace {

using namespace std::chrono_literals;
using Page = ScreenModel::Page;

class AScreen : public testing::Test {
protected:
  KeptRequests gate;
  ScreenModel model{Config{.lane = "in"}, gate};
};

TEST_F(AScreen, ShowsThePageOfTheLinkAndOfTheGate) {
  EXPECT_EQ(model.page(), Page::Starting);
  model.set_snapshot(sample_gate());
  model.set_link(GateLink::State::connected);
  EXPECT_EQ(model.page(), Page::DriveUp);
  model.set_link(GateLink::State::gone);
  EXPECT_EQ(model.page(), Page::GateGone);
  model.set_link(GateLink::State::connected);
  EXPECT_EQ(model.page(), Page::DriveUp);
  model.set_snapshot({});
  EXPECT_EQ(model.page(), Page::Setup);
}

TEST_F(AScreen, TellsTheDriversOfItsOwnLane) {
  auto snapshot = sample_gate();
  snapshot.lanes[0].state = core::LaneState::refused;
  snapshot.lanes[0].reason = core::RefusalReason::lot_full;
  model.set_snapshot(snapshot);
  EXPECT_EQ(model.instruction(), instruction::Kind::Full);
  EXPECT_EQ(model.tone(), tone::Kind::Stop);
  ScreenModel exit({.lane = "out"}, gate);
  exit.set_snapshot(snapshot);
  EXPECT_EQ(exit.instruction(), instruction::Kind::DriveToBarrier);
}

TEST_F(AScreen, SaysThatItsLaneIsMissing) {
  ScreenModel lost({.lane = "nowhere"}, gate);
  lost.set_snapshot(sample_gate());
  lost.set_link(GateLink::State::connected);
  EXPECT_EQ(lost.page(), Page::DriveUp);
  EXPECT_EQ(lost.instruction(), instruction::Kind::NoSuchLane);
  EXPECT_EQ(lost.tone(), tone::Kind::Fault);
  EXPECT_EQ(lost.lane_name(), "nowhere");
}

TEST_F(AScreen, OffersTheDemoOnTheSimulatedBoardOnly) {
  auto snapshot = sample_gate();
  model.set_snapshot(snapshot);
  model.set_link(GateLink::State::connected);
  EXPECT_FALSE(model.demo_available());
  snapshot.simulated_board = true;
  model.set_snapshot(snapshot);
  EXPECT_TRUE(model.demo_available());
  model.set_link(GateLink::State::gone);
  EXPECT_FALSE(model.demo_available());
}

TEST_F(AScreen, AnnouncesTheDemoPanelOnce) {
  QSignalSpy changed(&model, &ScreenModel::demo_open_changed);
  model.set_demo_open(true);
  model.set_demo_open(true);
  EXPECT_TRUE(model.demo_open());
  EXPECT_EQ(changed.count(), 1);
}

TEST_F(AScreen, KnowsWhetherEntriesAreHeld) {
  auto snapshot = sample_gate();
  model.set_snapshot(snapshot);
  EXPECT_TRUE(model.entries_allowed());
  snapshot.gate.state = core::GateState::entries_held;
  model.set_snapshot(snapshot);
  EXPECT_FALSE(model.entries_allowed());
}

TEST_F(AScreen, IsLaidOutTheWayItsLanguageIsWritten) {
  EXPECT_FALSE(model.right_to_left());
  EXPECT_TRUE(ScreenModel({.language = "ar"}, gate).right_to_left());
}

TEST_F(AScreen, ChangesItsClockOnceAMinute) {
  QSignalSpy changed(&model, &ScreenModel::clock_changed);
  model.set_time(QTime(14, 7, 1));
  model.set_time(QTime(14, 7, 59));
  EXPECT_EQ(model.clock(), "14:07");
  EXPECT_EQ(changed.count(), 1);
  model.set_time(QTime(14, 8, 0));
  EXPECT_EQ(changed.count(), 2);
  EXPECT_FALSE(model.night());
  model.set_time(QTime(19, 0));
  EXPECT_TRUE(model.night());
}

TEST_F(AScreen, HasNothingToDoWhileTheGateRepeatsItself) {
  auto snapshot = sample_gate();
  model.set_snapshot(snapshot);
  model.set_link(GateLink::State::connected);
  QSignalSpy screen(&model, &ScreenModel::changed);
  QSignalSpy lot(model.lot(), &LotModel::changed);
  QSignalSpy lanes(model.lanes(), &QAbstractItemModel::dataChanged);
  QSignalSpy peers(model.peers(), &QAbstractItemModel::dataChanged);
  for (int second = 0; second < 5; ++second) {
    snapshot.lot.age = second * 1s;
    snapshot.peers[0].age = second * 100ms;
    snapshot.gate.permits = second;
    model.set_snapshot(snapshot);
    model.set_link(GateLink::State::connected);
  }
  EXPECT_EQ(screen.count() + lot.count() + lanes.count() + peers.count(), 0);
  snapshot.lanes[0].state = core::LaneState::deciding;
  model.set_snapshot(snapshot);
  EXPECT_EQ(screen.count(), 1);
}

/// Everything that can change, changes.
core::Snapshot busy_gate(int number) {
  auto snapshot = sample_gate();
  snapshot.lot.free = number % 121;
  snapshot.lot.age = number % 90 * 1s;
  snapshot.gate.state = static_cast<core::GateState>(number % 4);
  snapshot.lanes.resize(static_cast<std::size_t>(number % 4));
  if (!snapshot.lanes.empty()) snapshot.lanes[0].state = static_cast<core::LaneState>(number % 8);
  snapshot.peers.resize(static_cast<std::size_t>(number % 7),
                        {"west", "127.0.0.1:7414", core::LinkState::gone, number % 90 * 1s});
  snapshot.simulated_board = number % 2 == 0;
  return snapshot;
}

TEST_F(AScreen, NeitherGathersObjectsNorMemoryOverManySnapshots) {
  constexpr int many = 20'000;
  constexpr std::size_t slack_bytes = 64 * 1024;
  for (int i = 0; i < 1000; ++i) model.set_snapshot(busy_gate(i));
  const auto children = model.findChildren<QObject*>().size();
  const auto before = mallinfo2().uordblks;
  for (int i = 0; i < many; ++i) {
    model.set_snapshot(busy_gate(i));
    model.set_link(i % 3 == 0 ? GateLink::State::gone : GateLink::State::connected);
  }
  EXPECT_EQ(model.findChildren<QObject*>().size(), children);
  EXPECT_LE(mallinfo2().uordblks, before + slack_bytes);
}

}  // namespace
}  // namespace parking::kiosk
