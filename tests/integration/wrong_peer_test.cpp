// Strangers on the ports, and gates that should not be there.
#include <chrono>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/car_park.hpp"
#include "tests/integration/raw_client.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/port.hpp"

namespace parking::integration {
namespace {

using core::GateState;
using test_support::eventually;
using testing::HasSubstr;

constexpr std::string_view four_gibibytes{"\xff\xff\xff\xff", 4};

/// The ports of a gate and of the central service.
class AStranger : public testing::Test {
protected:
  static void SetUpTestSuite() {
    shared = std::make_unique<CarPark>(4, std::vector<std::string>{"north", "south"});
  }
  static void TearDownTestSuite() { shared.reset(); }

  void TearDown() override {
    EXPECT_TRUE(park.is_whole());
    EXPECT_TRUE(park.gate("north").driver.drive_in());
    EXPECT_TRUE(park.all_show(1, 3));
    EXPECT_TRUE(park.gate("south").driver.drive_out());
    EXPECT_TRUE(park.all_show(0, 4));
  }

  static inline std::unique_ptr<CarPark> shared;
  CarPark& park = *shared;
  std::vector<std::string> ports{park.gate("north").configuration.listen, park.central_address()};
};

TEST_F(AStranger, WhoSendsGarbageIsDisconnectedAndHarmsNobody) {
  for (const auto& port : ports) {
    RawClient client(port);
    client.send("GET / HTTP/1.1\r\nHost: parking\r\n\r\n");
    EXPECT_TRUE(client.is_closed_within(patience)) << port;
  }
}

TEST_F(AStranger, WhoAnnouncesFourGibibytesIsDisconnected) {
  for (const auto& port : ports) {
    RawClient client(port);
    client.send(four_gibibytes);
    EXPECT_TRUE(client.is_closed_within(patience)) << port;
  }
}

TEST_F(AStranger, WhoSendsAFrameOfNonsenseIsDisconnected) {
  for (const auto& port : ports) {
    RawClient client(port);
    client.send(std::string("\0\0\0\x08", 4) + std::string(8, '\xff'));
    EXPECT_TRUE(client.is_closed_within(patience)) << port;
  }
}

TEST_F(AStranger, WhoNeverEndsAFrameIsDisconnected) {
  for (const auto& port : ports) {
    RawClient client(port);
    client.send(std::string("\0\0\x01\0", 4) + "half");
    EXPECT_TRUE(client.is_closed_within(patience)) << port;
  }
}

TEST_F(AStranger, WhoSaysNothingIsDisconnected) {
  for (const auto& port : ports) {
    RawClient client(port);
    EXPECT_TRUE(client.is_closed_within(patience)) << port;
  }
}

TEST_F(AStranger, WhoOpensManyConnectionsLeavesRoomForTheGates) {
  std::vector<std::unique_ptr<RawClient>> crowd;
  for (const auto& port : ports)
    for (int i = 0; i < 400; ++i) crowd.push_back(std::make_unique<RawClient>(port));
  EXPECT_TRUE(park.gate("south").driver.drive_in());
  EXPECT_TRUE(park.all_show(1, 3));
  ASSERT_TRUE(park.gate("south").driver.drive_out());
}

TEST(ASecondGateOfTheSameName, IsRefusedWhileTheFirstOneLives) {
  CarPark park(4, {"north", "south"});
  auto configuration = park.configuration_for("twin");
  configuration.id = "north";
  ServerProgram twin("parking-gate", configuration.write(), configuration.socket());
  twin.start();
  ASSERT_TRUE(eventually(patience, [&] { return has_alarm(twin.status(), "not_registered"); }));
  EXPECT_THAT(alarm_text(twin.status(), "not_registered"),
              HasSubstr(park.gate("north").configuration.listen));
  EXPECT_EQ(twin.status().gate.state, GateState::joining);
  EXPECT_TRUE(park.is_whole());
  EXPECT_TRUE(park.gate("north").driver.drive_in());
  EXPECT_TRUE(park.all_show(1, 3));
}

TEST(AGateOfAnotherLot, IsRefusedAndKeepsItsOwnFigures) {
  CarPark here(4, {"north"});
  CarPark there(9, {"east"});
  Gate& stray = there.gate("east");
  const auto own_lot = stray.status().lot.id;
  ASSERT_EQ(stray.program.stop(), 0);
  auto configuration = stray.configuration;
  configuration.discovery = here.central_address();
  configuration.write();
  stray.program.start();
  EXPECT_TRUE(eventually(patience, [&] { return has_alarm(stray.status(), "not_registered"); }))
      << there.figures();
  EXPECT_THAT(alarm_text(stray.status(), "not_registered"), HasSubstr("lot"));
  EXPECT_EQ(stray.status().lot.id, own_lot);
  EXPECT_TRUE(has_alarm(here.central().status(), "other_lot"));
  EXPECT_TRUE(here.gate("north").driver.drive_in());
  EXPECT_TRUE(here.all_show(1, 3));
}

}  // namespace
}  // namespace parking::integration
