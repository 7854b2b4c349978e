#include "app/kiosk/peer_model.hpp"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QStringList>

#include <gtest/gtest.h>

#include "tests/unit/app/kiosk/samples.hpp"

namespace parking::kiosk {
namespace {

using namespace std::chrono_literals;
using core::LinkState;

core::PeerView peer(std::string id, LinkState state = LinkState::alive,
                    core::Duration age = 100ms) {
  return {std::move(id), "127.0.0.1:7412", state, age};
}

QString names(const PeerModel& model) {
  QStringList all;
  for (int i = 0; i < model.rowCount(); ++i) all.append(at(model, i, "name").toString());
  return all.join(u' ');
}

TEST(ThePeers, AreListedInTheirOrder) {
  PeerModel model;
  model.set({peer("south"), peer("east")});
  EXPECT_EQ(names(model), "south east");
  EXPECT_EQ(at(model, 0, "link"), PeerModel::Alive);
  EXPECT_EQ(at(model, 0, "ageText"), "");
  EXPECT_EQ(model.more(), 0);
}

TEST(ThePeers, AreGatesThatADriverCouldDriveTo) {
  PeerModel model;
  model.set({peer("office"), peer("south"), peer("old", LinkState::retired)});
  EXPECT_EQ(names(model), "south");
  model.set({peer("office", LinkState::gone, 1h), peer("south")});
  EXPECT_EQ(names(model), "south");
  EXPECT_EQ(model.more(), 0);
}

TEST(ThePeers, AreCountedWhereTheyDoNotFit) {
  PeerModel model;
  model.set({peer("a"), peer("b"), peer("c"), peer("d"), peer("e"), peer("f")});
  EXPECT_EQ(names(model), "a b c d");
  EXPECT_EQ(model.more(), 2);
}

TEST(ThePeers, InTroubleComeAloneAndWithTheirAgeTheWorstFirst) {
  PeerModel model;
  model.set({peer("a"), peer("late", LinkState::late, 8s), peer("gone", LinkState::gone, 40s)});
  EXPECT_EQ(names(model), "gone late");
  EXPECT_EQ(at(model, 0, "link"), PeerModel::Gone);
  EXPECT_EQ(at(model, 0, "ageText"), "40 s");
  EXPECT_EQ(at(model, 1, "link"), PeerModel::Late);
  EXPECT_EQ(at(model, 1, "ageText"), "8 s");
  EXPECT_EQ(model.more(), 1);
  model.set({peer("a"), peer("b"), peer("x", LinkState::gone, 2min)});
  EXPECT_EQ(names(model), "x");
  EXPECT_EQ(model.more(), 2);
}

TEST(ThePeers, AreAProperModelThroughEveryChange) {
  PeerModel model;
  const QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.set({peer("a"), peer("b"), peer("c"), peer("d"), peer("e")});
  model.set({peer("a"), peer("b", LinkState::late, 5s), peer("c")});
  model.set({});
  model.set({peer("b")});
  EXPECT_EQ(names(model), "b");
}

TEST(ThePeers, AnnounceNothingWhileOnlyTheAgeOfALivingLinkChanges) {
  PeerModel model;
  model.set({peer("a", LinkState::alive, 100ms)});
  QSignalSpy data(&model, &QAbstractItemModel::dataChanged);
  QSignalSpy changed(&model, &PeerModel::changed);
  model.set({peer("a", LinkState::alive, 900ms)});
  EXPECT_EQ(data.count(), 0);
  EXPECT_EQ(changed.count(), 0);
  model.set({peer("a", LinkState::late, 4s)});
  EXPECT_EQ(data.count(), 1);
}

}  // namespace
}  // namespace parking::kiosk
