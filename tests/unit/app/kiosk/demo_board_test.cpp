#include "app/kiosk/demo_board.hpp"

#include <QSignalSpy>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/app/kiosk/samples.hpp"

namespace parking::kiosk {
namespace {

using core::Presence;
using wire::LaneSensor;
using wire::LocalRequest;

TEST(TheDemoBoard, PlaysCarsAndHoldsEntries) {
  KeptRequests gate;
  DemoBoard board(gate);
  board.setApproach("in", true);
  board.setPassage("out", false);
  board.allowEntries(false);
  EXPECT_THAT(gate.requests,
              testing::ElementsAre(
                  LocalRequest(wire::SensorRequest{"in", LaneSensor::approach, Presence::present}),
                  LocalRequest(wire::SensorRequest{"out", LaneSensor::passage, Presence::clear}),
                  LocalRequest(wire::EntriesRequest{false, "demo panel"})));
}

TEST(TheDemoBoard, SaysWhyTheLastThingWasNotDone) {
  KeptRequests gate;
  DemoBoard board(gate);
  QSignalSpy changed(&board, &DemoBoard::changed);
  board.setApproach("in", true);
  gate.answer("this board has real sensors");
  EXPECT_EQ(board.error(), "this board has real sensors");
  board.allowEntries(true);
  gate.answer("");
  EXPECT_EQ(board.error(), "");
  EXPECT_EQ(changed.count(), 2);
}

TEST(TheDemoBoard, ThatIsGoneIsNotTouchedByALateAnswer) {
  KeptRequests gate;
  auto board = std::make_unique<DemoBoard>(gate);
  board->allowEntries(true);
  board.reset();
  gate.answer("too late");
}

}  // namespace
}  // namespace parking::kiosk
