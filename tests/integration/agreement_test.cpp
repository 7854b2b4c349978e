// Gates that talk to each other, and what the operator's command line says about it.
#include <algorithm>
#include <memory>
#include <set>

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include "tests/integration/car_park.hpp"
#include "tests/support/ctl.hpp"
#include "tests/support/eventually.hpp"

namespace parking::integration {
namespace {

using core::LaneState;
using core::RefusalReason;
using test_support::at;
using test_support::Ctl;

/// A value as text, because GoogleTest cannot print JSON values.
std::string text_at(const boost::json::value& value, std::string_view pointer) {
  const auto found = at(value, pointer);
  return found.is_string() ? std::string(found.as_string()) : boost::json::serialize(found);
}

TEST(ACarPark, CountsACarAtEveryGateWhereverItEntersOrLeaves) {
  CarPark park(6, {"north", "south", "west"});
  ASSERT_TRUE(park.all_show(0, 6));
  ASSERT_TRUE(park.gate("north").driver.drive_in());
  EXPECT_TRUE(park.all_show(1, 5));
  ASSERT_TRUE(park.gate("west").driver.drive_out());
  EXPECT_TRUE(park.all_show(0, 6));
  EXPECT_TRUE(park.sums_add_up());
}

TEST(ACarPark, SharesItsPermitsEvenlyWhenItIsCreated) {
  CarPark park(7, {"north", "south", "west"});
  for (const auto* id : {"north", "south", "west"})
    EXPECT_GE(park.gate(id).status().gate.permits, 2);
  EXPECT_EQ(park.permits_of_gates(), 7);
}

TEST(ACarPark, LetsNobodyInWhenItIsFullAtAnyGate) {
  CarPark park(3, {"north", "south", "west"});
  for (const auto* id : {"north", "north", "north"}) ASSERT_TRUE(park.gate(id).driver.drive_in());
  EXPECT_TRUE(park.all_show(3, 0));
  for (const auto* id : {"north", "south", "west"}) {
    Driver& driver = park.gate(id).driver;
    ASSERT_TRUE(driver.arrive("in"));
    EXPECT_TRUE(driver.is_refused("in", RefusalReason::lot_full)) << id << '\n' << park.figures();
    ASSERT_TRUE(driver.turn_away("in"));
    EXPECT_TRUE(driver.sees("in", LaneState::idle));
  }
  EXPECT_TRUE(park.all_show(3, 0));
}

TEST(ACarPark, LetsTheWaitingCarInByItselfWhenAnotherLeavesElsewhere) {
  CarPark park(3, {"north", "south", "west"});
  for (const auto* id : {"north", "south", "west"}) ASSERT_TRUE(park.gate(id).driver.drive_in());
  Driver& waiting = park.gate("south").driver;
  ASSERT_TRUE(waiting.arrive("in"));
  ASSERT_TRUE(waiting.is_refused("in", RefusalReason::lot_full));
  ASSERT_TRUE(park.gate("west").driver.drive_out());
  EXPECT_TRUE(waiting.sees("in", LaneState::open));
  ASSERT_TRUE(waiting.pass("in"));
  EXPECT_TRUE(park.all_show(3, 0));
}

TEST(ACarPark, ServesTheCarThatHasWaitedLongestFirst) {
  CarPark park(1, {"north", "south", "west"});
  ASSERT_TRUE(park.gate("west").driver.drive_in());
  ASSERT_TRUE(park.all_show(1, 0));
  for (const auto* id : {"south", "north"}) {
    ASSERT_TRUE(park.gate(id).driver.arrive("in"));
    ASSERT_TRUE(park.gate(id).driver.is_refused("in", RefusalReason::lot_full));
  }
  ASSERT_TRUE(park.gate("west").driver.drive_out());
  EXPECT_TRUE(park.gate("south").driver.sees("in", LaneState::open));
  EXPECT_EQ(park.gate("north").driver.lane("in")->state, LaneState::refused);
}

TEST(ACarPark, GivesThePermitBackOfACarThatChangesItsMind) {
  CarPark park(2, {"north", "south"});
  Driver& driver = park.gate("north").driver;
  ASSERT_TRUE(driver.arrive("in"));
  ASSERT_TRUE(driver.sees("in", LaneState::open));
  ASSERT_TRUE(driver.turn_away("in"));
  EXPECT_TRUE(driver.sees("in", LaneState::idle));
  EXPECT_TRUE(park.all_show(0, 2));
}

class TheCommandLine : public testing::Test {
protected:
  static void SetUpTestSuite() {
    shared = std::make_unique<CarPark>(4, std::vector<std::string>{"north", "south"});
  }
  static void TearDownTestSuite() { shared.reset(); }

  void TearDown() override {
    for (auto inside = park.central().status().lot.inside; inside > 0; --inside)
      EXPECT_TRUE(park.gate("south").driver.drive_out());
    EXPECT_TRUE(park.all_show(0, 4));
  }

  static inline std::unique_ptr<CarPark> shared;
  CarPark& park = *shared;
};

TEST_F(TheCommandLine, ShowsTheWholeStatusOfAGateAsOneObject) {
  ASSERT_TRUE(park.gate("south").driver.drive_in());
  ASSERT_TRUE(park.all_show(1, 3));
  const auto status = Ctl(park.gate("north").program.socket()).status();
  EXPECT_EQ(text_at(status, "/lot/name"), "Riverside");
  EXPECT_EQ(text_at(status, "/lot/capacity"), "4");
  EXPECT_EQ(text_at(status, "/lot/inside"), "1");
  EXPECT_EQ(text_at(status, "/lot/free"), "3");
  EXPECT_EQ(text_at(status, "/lot/stranded"), "0");
  EXPECT_EQ(text_at(status, "/gate/id"), "north");
  EXPECT_EQ(text_at(status, "/gate/state"), "in_service");
  EXPECT_EQ(text_at(status, "/lanes/0/name"), "in");
  EXPECT_EQ(text_at(status, "/lanes/0/state"), "idle");
  EXPECT_EQ(text_at(status, "/lanes/1/direction"), "exit");
  EXPECT_EQ(text_at(status, "/discovery/address"), park.central_address());
  EXPECT_EQ(text_at(status, "/discovery/state"), "alive");
  std::set<std::string> peers;
  const auto listed = at(status, "/peers");
  for (const auto& peer : listed.as_array()) peers.insert(std::string(at(peer, "/id").as_string()));
  EXPECT_EQ(peers, (std::set<std::string>{"office", "south"}));
}

TEST_F(TheCommandLine, ShowsTheOfficeAtTheCentralSocket) {
  ASSERT_TRUE(park.gate("north").driver.drive_in());
  ASSERT_TRUE(park.all_show(1, 3));
  const auto status = Ctl(park.central().socket()).status();
  EXPECT_EQ(text_at(status, "/gate/id"), "office");
  EXPECT_EQ(text_at(status, "/lot/inside"), "1");
  EXPECT_TRUE(at(status, "/lanes").is_null() || at(status, "/lanes").as_array().empty());
}

TEST_F(TheCommandLine, SetsSensorsAndListsWhatHappened) {
  const Ctl ctl(park.gate("north").program.socket());
  ASSERT_EQ(ctl.run({"sensor", "in", "approach", "on"}).exit_code, 0);
  ASSERT_TRUE(park.gate("north").driver.sees("in", LaneState::open));
  for (const auto& [sensor, value] :
       {std::pair{"passage", "on"}, std::pair{"approach", "off"}, std::pair{"passage", "off"}})
    ASSERT_EQ(ctl.run({"sensor", "in", sensor, value}).exit_code, 0);
  ASSERT_TRUE(park.all_show(1, 3));
  const auto events = ctl.json_lines({"history"});
  EXPECT_TRUE(std::ranges::any_of(events, [](const auto& event) {
    return at(event, "/kind") == "entered" && at(event, "/lane") == "in" &&
           at(event, "/inside") == 1;
  }));
}

TEST_F(TheCommandLine, SaysInOneLineWhyItWasRefused) {
  const Ctl ctl(park.gate("north").program.socket());
  const auto no_lane = ctl.run({"sensor", "ramp", "approach", "on"});
  EXPECT_EQ(no_lane.exit_code, 1);
  EXPECT_NE(no_lane.errors.find("no lane \"ramp\""), std::string::npos) << no_lane.errors;
  const auto nothing_held = ctl.run({"settle", "in", "entered", "--reason", "test"});
  EXPECT_EQ(nothing_held.exit_code, 1);
  const auto nobody = Ctl(park.folder() / "nobody.sock").run({"status"});
  EXPECT_EQ(nobody.exit_code, 3);
}

}  // namespace
}  // namespace parking::integration
