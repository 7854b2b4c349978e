#include "app/ctl/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/app/ctl/samples.hpp"

namespace parking::ctl {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(TheStatusOfAGate, IsTheObjectThatTheInterfacePromises) {
  EXPECT_EQ(
      to_json(sample_gate()),
      R"({"lot":{"name":"Riverside","id":"0000000000000abc","capacity":120,"capacity_wanted":120,)"
      R"("inside":37,"pending":1,"free":82,"stranded":0,"age_ms":140,)"
      R"("held":false,"two_lots":false,"left_since_hold":0},)"
      R"("gate":{"id":"north","incarnation":"0123456789abcdef","state":"in_service","permits":20,)"
      R"("listen":"127.0.0.1:7411"},)"
      R"("lanes":[{"name":"in","direction":"entry","state":"idle","reason":"","approach":"clear",)"
      R"("passage":"clear","barrier":"unknown","held":0}],)"
      R"("peers":[{"id":"south","address":"127.0.0.1:7412","state":"alive","age_ms":90}],)"
      R"("discovery":{"address":"127.0.0.1:7400","state":"alive","age_ms":800},)"
      R"("alarms":[{"code":"sensor_stuck","lane":"in","since_ms":61000,)"
      R"("text":"look at \"approach\""}],)"
      R"("simulated_board":true,"version":"0.1.0"})");
}

TEST(TheStatusOfTheCentralService, HasNoLanes) {
  const std::string text = to_json(sample_office());
  EXPECT_THAT(text, HasSubstr(R"("gate":{"id":"office")"));
  EXPECT_THAT(text, Not(HasSubstr("lanes")));
}

TEST(TheStatusOfAGateWithoutLanes, HasAnEmptyList) {
  auto snapshot = sample_gate();
  snapshot.lanes.clear();
  EXPECT_THAT(to_json(snapshot), HasSubstr(R"("lanes":[],)"));
}

TEST(ALotThatIsHeld, SaysSoAndHowManyHaveLeft) {
  auto snapshot = sample_gate();
  snapshot.lot.held = true;
  snapshot.lot.left_since_hold = 3;
  EXPECT_THAT(to_json(snapshot), HasSubstr(R"("held":true,"two_lots":false,"left_since_hold":3})"));
}

TEST(ACommandThatIsDone, SaysWhatComesNext) {
  EXPECT_EQ(done_json(""), R"({"done":true})");
  EXPECT_EQ(done_json("now \"count\""), R"({"done":true,"next":"now \"count\""})");
}

TEST(AnIdThatIsNotKnown, IsEmpty) {
  EXPECT_THAT(to_json(core::Snapshot{}), HasSubstr(R"("lot":{"name":"","id":"")"));
}

TEST(ARefusedLane, SaysWhy) {
  auto snapshot = sample_gate();
  snapshot.lanes[0].state = core::LaneState::refused;
  snapshot.lanes[0].reason = core::RefusalReason::lot_full;
  EXPECT_THAT(to_json(snapshot), HasSubstr(R"("state":"refused","reason":"lot_full")"));
}

TEST(APeer, IsOneObject) {
  EXPECT_EQ(to_json(sample_gate().peers[0]),
            R"({"id":"south","address":"127.0.0.1:7412","state":"alive","age_ms":90})");
}

TEST(AnAlarm, IsOneObject) {
  EXPECT_EQ(
      to_json(sample_gate().alarms[0]),
      R"({"code":"sensor_stuck","lane":"in","since_ms":61000,"text":"look at \"approach\""})");
}

TEST(AnEvent, IsOneObject) {
  EXPECT_EQ(to_json(sample_event()),
            R"({"number":7,"time":"2025-11-22T15:04:05.123Z","wall_time_ms":1763823845123,)"
            R"("kind":"entered","lane":"in","text":"a car drove in","inside":38,"free":81})");
}

TEST(ATime, IsShownInUtcWithMilliseconds) {
  EXPECT_EQ(iso_time(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(iso_time(-1), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(iso_time(1'005), "1970-01-01T00:00:01.005Z");
}

}  // namespace
}  // namespace parking::ctl
