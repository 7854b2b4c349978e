#include "app/kiosk/lot_model.hpp"

#include <QSignalSpy>
#include <limits>

#include <gtest/gtest.h>

#include "tests/unit/app/kiosk/samples.hpp"

namespace parking::kiosk {
namespace {

using namespace std::chrono_literals;

core::LotView lot(core::Count capacity, core::Count free, core::Duration age = 0ms) {
  core::LotView view;
  view.name = "Riverside";
  view.capacity = capacity;
  view.free = free;
  view.age = age;
  return view;
}

TEST(TheLot, ShowsItsNameAndItsFreeSpaces) {
  LotModel model;
  model.set(lot(120, 82));
  EXPECT_EQ(model.name(), "Riverside");
  EXPECT_EQ(model.free_spaces(), 82);
  EXPECT_FALSE(model.full());
}

TEST(TheLot, ShowsNoLessThanNothingAndNoMoreThanItHas) {
  LotModel model;
  model.set(lot(120, -3));
  EXPECT_EQ(model.free_spaces(), 0);
  EXPECT_TRUE(model.full());
  model.set(lot(120, 125));
  EXPECT_EQ(model.free_spaces(), 120);
  model.set(lot(-1, 5));
  EXPECT_EQ(model.free_spaces(), 0);
  model.set(lot(std::numeric_limits<core::Count>::max(), std::numeric_limits<core::Count>::max()));
  EXPECT_EQ(model.free_spaces(), std::numeric_limits<int>::max());
}

TEST(TheLot, KeepsRoomForTwoDigitsAtLeast) {
  LotModel model;
  for (const auto& [free, digits] :
       {std::pair{0, 2}, {9, 2}, {10, 2}, {99, 2}, {100, 3}, {999, 3}, {1000, 4}}) {
    model.set(lot(5000, free));
    EXPECT_EQ(model.digits(), digits) << free;
  }
}

TEST(TheLot, SaysHowOldItsFiguresAreOnceThatMatters) {
  LotModel model;
  model.set(lot(120, 82, 9'999ms));
  EXPECT_FALSE(model.old());
  model.set(lot(120, 82, 10s));
  EXPECT_TRUE(model.old());
  EXPECT_EQ(model.age_text(), "10 s");
  model.set(lot(120, 82, 40s));
  EXPECT_EQ(model.age_text(), "40 s");
}

TEST(TheLot, AnnouncesOnlyWhatTheScreenShows) {
  LotModel model;
  model.set(lot(120, 82));
  QSignalSpy changed(&model, &LotModel::changed);
  model.set(lot(120, 82, 3s));
  model.set(lot(121, 82, 4s));
  EXPECT_EQ(changed.count(), 0);
  model.set(lot(121, 81, 4s));
  EXPECT_EQ(changed.count(), 1);
  model.set(lot(121, 81, 40s));
  model.set(lot(121, 81, 40'500ms));
  EXPECT_EQ(changed.count(), 2);
  model.set(lot(121, 81, 41s));
  EXPECT_EQ(changed.count(), 3);
  model.set(lot(121, 81, 0s));
  EXPECT_EQ(changed.count(), 4);
}

}  // namespace
}  // namespace parking::kiosk
