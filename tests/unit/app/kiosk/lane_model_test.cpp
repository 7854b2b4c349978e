#include "app/kiosk/lane_model.hpp"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include <gtest/gtest.h>

#include "tests/unit/app/kiosk/samples.hpp"

namespace parking::kiosk {
namespace {

std::vector<core::LaneView> lanes() {
  auto all = sample_gate().lanes;
  all.push_back({"side", core::LaneDirection::both});
  return all;
}

TEST(TheLanes, AreListedWithTheirSensors) {
  LaneModel model;
  auto some = lanes();
  some[0].approach = core::Presence::present;
  some[1].passage = core::Presence::present;
  some[2].approach = core::Presence::fault;
  model.set(some);
  ASSERT_EQ(model.rowCount(), 3);
  EXPECT_EQ(at(model, 0, "name"), "in");
  EXPECT_EQ(at(model, 0, "direction"), LaneModel::Entry);
  EXPECT_EQ(at(model, 0, "approach"), true);
  EXPECT_EQ(at(model, 0, "passage"), false);
  EXPECT_EQ(at(model, 1, "direction"), LaneModel::Exit);
  EXPECT_EQ(at(model, 1, "passage"), true);
  EXPECT_EQ(at(model, 2, "direction"), LaneModel::Both);
  EXPECT_EQ(at(model, 2, "approach"), false);
}

TEST(TheLanes, AreAProperModelThroughEveryChange) {
  LaneModel model;
  const QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
  const auto three = lanes();
  model.set(three);
  model.set({three[1]});
  model.set({three[2], three[0]});
  model.set({});
  model.set(three);
  EXPECT_EQ(model.rowCount(), 3);
  EXPECT_EQ(model.rowCount(model.index(0, 0)), 0);
}

TEST(TheLanes, AnnounceOnlyTheLaneThatChanged) {
  LaneModel model;
  auto some = lanes();
  model.set(some);
  QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
  QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
  model.set(some);
  EXPECT_EQ(changed.count(), 0);
  some[1].approach = core::Presence::present;
  model.set(some);
  ASSERT_EQ(changed.count(), 1);
  EXPECT_EQ(changed.first().first().toModelIndex().row(), 1);
  EXPECT_EQ(reset.count(), 0);
}

TEST(ALane, IsFoundByItsName) {
  LaneModel model;
  model.set(lanes());
  ASSERT_NE(model.find("out"), nullptr);
  EXPECT_EQ(model.find("out")->name, "out");
  EXPECT_EQ(model.find("none"), nullptr);
  EXPECT_EQ(model.find("IN"), nullptr);
}

TEST(ALane, WithoutANameIsTheFirstThatLetsCarsIn) {
  LaneModel model;
  EXPECT_EQ(model.find(""), nullptr);
  auto some = lanes();
  std::swap(some[0], some[1]);
  model.set(some);
  EXPECT_EQ(model.find("")->name, "in");
  model.set({some[0], some[2]});
  EXPECT_EQ(model.find("")->name, "side");
  model.set({some[0]});
  EXPECT_EQ(model.find("")->name, "out");
}

TEST(ALaneModel, AnswersNothingForWhatItDoesNotHave) {
  LaneModel model;
  model.set(lanes());
  EXPECT_FALSE(model.data({}, LaneModel::NameRole).isValid());
  EXPECT_FALSE(model.data(model.index(0), Qt::DecorationRole).isValid());
}

}  // namespace
}  // namespace parking::kiosk
