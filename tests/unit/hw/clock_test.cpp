#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hw/asio_clock.hpp"
#include "hw/manual_clock.hpp"

namespace parking::hw {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(AManualClock, FiresAlarmsInOrderEachAtItsOwnMoment) {
  ManualClock clock;
  const Timestamp start = clock.now();
  std::vector<Timestamp> fired;
  const auto late = clock.make_alarm();
  const auto early = clock.make_alarm();
  late->set(start + 20ms, [&] { fired.push_back(clock.now()); });
  early->set(start + 10ms, [&] { fired.push_back(clock.now()); });
  clock.advance(30ms);
  EXPECT_THAT(fired, ElementsAre(start + 10ms, start + 20ms));
  EXPECT_EQ(clock.now(), start + 30ms);
}

TEST(AManualClock, FiresAnAlarmThatSetsItselfAgain) {
  ManualClock clock;
  int fired = 0;
  const auto alarm = clock.make_alarm();
  std::function<void()> again = [&] {
    ++fired;
    alarm->set(clock.now() + 10ms, again);
  };
  alarm->set(clock.now() + 10ms, again);
  clock.advance(35ms);
  EXPECT_EQ(fired, 3);
}

TEST(AManualClock, FiresAnAlarmThatDestroysItself) {
  ManualClock clock;
  auto alarm = clock.make_alarm();
  alarm->set(clock.now(), [&] { alarm.reset(); });
  clock.advance(1ms);
  EXPECT_EQ(alarm, nullptr);
}

TEST(AManualClock, FiresLateWhatFellDueDuringAStall) {
  ManualClock clock;
  const Timestamp start = clock.now();
  std::vector<Timestamp> fired;
  const auto alarm = clock.make_alarm();
  alarm->set(start + 10ms, [&] { fired.push_back(clock.now()); });
  clock.stall(1s);
  EXPECT_THAT(fired, IsEmpty());
  clock.advance(0ms);
  EXPECT_THAT(fired, ElementsAre(start + 1s));
}

TEST(AnAsioClock, FiresAnAlarmOnItsExecutor) {
  boost::asio::io_context context;
  AsioClock clock(context.get_executor());
  const auto alarm = clock.make_alarm();
  bool fired = false;
  alarm->set(clock.now() - 1s, [&] { fired = true; });
  EXPECT_FALSE(fired);
  context.run();
  EXPECT_TRUE(fired);
}

TEST(AnAsioClock, DoesNotFireACancelledAlarmThatWasAlreadyDue) {
  boost::asio::io_context context;
  AsioClock clock(context.get_executor());
  const auto first = clock.make_alarm();
  const auto second = clock.make_alarm();
  std::vector<int> fired;
  // Both are due in the same turn of the loop; the one that runs first cancels the other.
  first->set(clock.now() - 1s, [&] {
    fired.push_back(1);
    second->cancel();
  });
  second->set(clock.now() - 1s, [&] {
    fired.push_back(2);
    first->cancel();
  });
  context.run();
  EXPECT_EQ(fired.size(), 1U);
}

TEST(AnAsioClock, ForgetsAnAlarmThatIsDestroyed) {
  boost::asio::io_context context;
  AsioClock clock(context.get_executor());
  auto alarm = clock.make_alarm();
  alarm->set(clock.now() - 1s, [] { FAIL() << "a destroyed alarm fired"; });
  alarm.reset();
  context.run();
}

TEST(AnAsioClock, KeepsOnlyTheLastSettingOfAnAlarm) {
  boost::asio::io_context context;
  AsioClock clock(context.get_executor());
  const auto alarm = clock.make_alarm();
  std::vector<int> fired;
  alarm->set(clock.now() - 1s, [&] { fired.push_back(1); });
  alarm->set(clock.now() - 1s, [&] { fired.push_back(2); });
  context.run();
  EXPECT_THAT(fired, ElementsAre(2));
}

}  // namespace
}  // namespace parking::hw
