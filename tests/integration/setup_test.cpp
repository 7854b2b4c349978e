// A gate without a name, its setup page, and the operator's stop of entries.
#include <memory>

#include <gtest/gtest.h>

#include "tests/integration/car_park.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/port.hpp"

namespace parking::integration {
namespace {

using core::GateState;
using core::LaneState;
using core::RefusalReason;
using test_support::eventually;

class AGateWithoutAName : public testing::Test {
protected:
  void SetUp() override {
    auto configuration = park.configuration_for("new");
    configuration.id.clear();
    gate = &park.add(configuration);
    gate->program.start();
  }

  std::string set_up(const std::string& id, const std::string& listen,
                     const std::string& discovery) {
    const auto reply = gate->program.link().ask(wire::SetupRequest{id, listen, discovery});
    return reply ? reply->error : "nobody answered";
  }

  CarPark park{4, {"north"}};
  Gate* gate = nullptr;
  std::string address = test_support::free_address();
};

TEST_F(AGateWithoutAName, IsInSetupAndMovesNothing) {
  EXPECT_EQ(gate->status().gate.state, GateState::setup);
  EXPECT_FALSE(gate->driver.arrive("in"));
}

TEST_F(AGateWithoutAName, SaysInWordsWhatIsWrongWithItsSetup) {
  EXPECT_NE(set_up("North Gate", address, park.central_address()).find("name"), std::string::npos);
  EXPECT_NE(set_up("office", address, park.central_address()).find("name"), std::string::npos);
  EXPECT_NE(set_up("new", "7411", park.central_address()).find("address"), std::string::npos);
  EXPECT_NE(set_up("new", address, "127.0.0.1:99999").find("discovery"), std::string::npos);
  EXPECT_NE(set_up("new", "192.0.2.1:7411", park.central_address()).find("[security] mode"),
            std::string::npos);
  EXPECT_EQ(gate->status().gate.state, GateState::setup);
}

TEST_F(AGateWithoutAName, StartsAndRegistersOnceItIsSetUpAndRemembersIt) {
  ASSERT_EQ(set_up("new", address, park.central_address()), "");
  const auto in_service = [&] {
    const auto status = gate->program.link().status();
    return status && status->gate.state == GateState::in_service && status->gate.id == "new";
  };
  ASSERT_TRUE(eventually(patience, in_service));
  EXPECT_TRUE(park.is_whole());
  EXPECT_TRUE(gate->driver.drive_in());
  EXPECT_TRUE(park.all_show(1, 3));

  ASSERT_EQ(gate->program.stop(), 0);
  gate->program.start();
  EXPECT_TRUE(eventually(patience, in_service));
  EXPECT_EQ(gate->status().gate.listen, address);
}

TEST_F(AGateWithoutAName, TakesNoSecondSetup) {
  ASSERT_EQ(set_up("new", address, park.central_address()), "");
  ASSERT_TRUE(eventually(patience, [&] {
    const auto status = gate->program.link().status();
    return status && status->gate.id == "new";
  }));
  EXPECT_NE(set_up("other", address, park.central_address()), "");
}

class AnOperator : public testing::Test {
protected:
  void allow_entries(bool allowed) {
    const auto reply = north.program.link().ask(wire::EntriesRequest{allowed, "works on P1"});
    ASSERT_TRUE(reply);
    ASSERT_EQ(reply->error, "");
  }

  static void SetUpTestSuite() {
    shared = std::make_unique<CarPark>(4, std::vector<std::string>{"north", "south"});
  }
  static void TearDownTestSuite() { shared.reset(); }

  void TearDown() override {
    allow_entries(true);
    EXPECT_TRUE(north.driver.turn_away("in"));
    EXPECT_TRUE(north.driver.sees("in", LaneState::idle));
    for (auto inside = north.status().lot.inside; inside > 0; --inside)
      EXPECT_TRUE(north.driver.drive_out());
    EXPECT_TRUE(park.all_show(0, 4));
  }

  static inline std::unique_ptr<CarPark> shared;
  CarPark& park = *shared;
  Gate& north = park.gate("north");
};

TEST_F(AnOperator, StopsEntriesWhileExitsGoOn) {
  ASSERT_TRUE(north.driver.drive_in());
  ASSERT_NO_FATAL_FAILURE(allow_entries(false));
  EXPECT_EQ(north.status().gate.state, GateState::entries_held);
  ASSERT_TRUE(north.driver.arrive("in"));
  EXPECT_TRUE(north.driver.is_refused("in", RefusalReason::entries_held));
  EXPECT_TRUE(north.driver.drive_out());
  EXPECT_TRUE(park.all_show(0, 4));
}

TEST_F(AnOperator, LetsTheWaitingCarInByStartingEntriesAgain) {
  ASSERT_NO_FATAL_FAILURE(allow_entries(false));
  ASSERT_TRUE(north.driver.arrive("in"));
  ASSERT_TRUE(north.driver.is_refused("in", RefusalReason::entries_held));
  ASSERT_NO_FATAL_FAILURE(allow_entries(true));
  EXPECT_TRUE(north.driver.sees("in", LaneState::open));
  EXPECT_EQ(north.status().gate.state, GateState::in_service);
}

TEST_F(AnOperator, StopsEntriesAtOneGateOnly) {
  ASSERT_NO_FATAL_FAILURE(allow_entries(false));
  for (int car = 0; car < 4; ++car) EXPECT_TRUE(park.gate("south").driver.drive_in());
  EXPECT_TRUE(park.all_show(4, 0));
}

}  // namespace
}  // namespace parking::integration
