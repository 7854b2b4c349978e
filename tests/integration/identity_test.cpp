// Stores that are lost, restored from an older copy, or unreadable.
#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/integration/car_park.hpp"
#include "tests/support/eventually.hpp"

namespace parking::integration {
namespace {

bool alarmed(Gate& gate, std::string_view code) {
  return std::ranges::any_of(gate.status().alarms,
                             [&](const core::AlarmView& alarm) { return alarm.code == code; });
}

namespace fs = std::filesystem;
using test_support::eventually;

class AGateWithALostStore : public testing::Test {
protected:
  void lose_store() {
    ASSERT_TRUE(south.driver.drive_in());
    ASSERT_TRUE(park.all_show(1, 5));
    before = north.status().gate;
    ASSERT_GT(before.permits, 0);
    north.program.kill();
    fs::remove_all(north.configuration.state());
    north.program.start();
    ASSERT_TRUE(park.is_whole());
  }

  CarPark park{6, {"north", "south"}};
  Gate& north = park.gate("north");
  Gate& south = park.gate("south");
  core::GateView before;
};

TEST_F(AGateWithALostStore, ComesBackAsAnotherIncarnationWithoutPermits) {
  ASSERT_NO_FATAL_FAILURE(lose_store());
  EXPECT_NE(north.status().gate.incarnation, before.incarnation);
  EXPECT_EQ(north.status().gate.permits, 0);
}

TEST_F(AGateWithALostStore, LeavesItsPermitsStrandedForEverybodyToSee) {
  ASSERT_NO_FATAL_FAILURE(lose_store());
  for (Gate* gate : {&north, &south})
    EXPECT_TRUE(eventually(patience, [&] {
      const auto lot = gate->status().lot;
      return lot.stranded == before.permits && lot.free == 5 - before.permits && lot.inside == 1;
    })) << park.figures();
}

TEST_F(AGateWithALostStore, LetsCarsInWithPermitsOfOthers) {
  ASSERT_NO_FATAL_FAILURE(lose_store());
  EXPECT_TRUE(north.driver.drive_in());
  EXPECT_TRUE(park.all_show(2, 4 - before.permits));
}

TEST_F(AGateWithALostStore, DoesNotGetItsOldLifeBackWithItsOldStore) {
  ASSERT_TRUE(park.all_show(0, 6));
  const fs::path copy = park.folder() / "copy";
  before = north.status().gate;
  ASSERT_EQ(north.program.stop(), 0);
  fs::copy(north.configuration.state(), copy, fs::copy_options::recursive);
  fs::remove_all(north.configuration.state());
  north.program.start();
  ASSERT_TRUE(park.is_whole());
  ASSERT_EQ(north.program.stop(), 0);
  fs::remove_all(north.configuration.state());
  fs::copy(copy, north.configuration.state(), fs::copy_options::recursive);
  north.program.start();
  EXPECT_TRUE(north.program.logs("this store may not be used any more"));
  EXPECT_TRUE(park.is_whole());
  EXPECT_NE(north.status().gate.incarnation, before.incarnation);
  EXPECT_EQ(north.status().gate.permits, 0);
}

TEST(AGateWithARestoredStore, EndsThatIncarnationAndStartsAnew) {
  CarPark park(6, {"north", "south"});
  Gate& north = park.gate("north");
  ASSERT_EQ(north.program.stop(), 0);
  const fs::path copy = park.folder() / "copy";
  fs::copy(north.configuration.state(), copy, fs::copy_options::recursive);
  north.program.start();
  ASSERT_TRUE(park.is_whole());
  const auto before = north.status().gate;
  ASSERT_TRUE(north.driver.drive_in());
  ASSERT_TRUE(park.all_show(1, 5));

  north.program.kill();
  fs::remove_all(north.configuration.state());
  fs::copy(copy, north.configuration.state(), fs::copy_options::recursive);
  north.program.start();
  EXPECT_TRUE(north.program.logs("this store may not be used any more"));
  EXPECT_TRUE(park.is_whole());
  EXPECT_NE(north.status().gate.incarnation, before.incarnation);
  EXPECT_EQ(north.status().gate.permits, 0);
  EXPECT_TRUE(alarmed(north, "store_replaced"));
  EXPECT_TRUE(fs::exists(north.configuration.state() / "ledger.db.set-aside-1"));
  EXPECT_TRUE(eventually(patience, [&] {
    const auto lot = park.gate("south").status().lot;
    return lot.inside == 1 && lot.stranded == before.permits - 1;
  })) << park.figures();
}

// A card copied to make the next gate, with everything connected and working.
TEST(ACopiedCard, LetsNobodyInBesideTheOriginal) {
  CarPark park(1, {"north", "south"});
  Gate& north = park.gate("north");
  ASSERT_EQ(north.program.stop(), 0);
  GateConfiguration configuration = park.configuration_for("north");
  configuration.folder = park.folder() / "copied";
  fs::create_directories(configuration.folder);
  fs::copy(north.configuration.state(), configuration.state(), fs::copy_options::recursive);
  north.program.start();
  ASSERT_TRUE(park.is_whole());

  Gate copied(configuration);
  copied.program.start();
  EXPECT_TRUE(eventually(patience, [&] { return alarmed(copied, "not_registered"); }));
  ASSERT_TRUE(copied.driver.arrive("in"));
  EXPECT_TRUE(copied.driver.is_refused("in", core::RefusalReason::joining));
  EXPECT_TRUE(north.driver.drive_in()) << park.figures();
  EXPECT_TRUE(park.all_show(1, 0)) << park.figures();
  EXPECT_EQ(copied.program.logged("barrier opens"), 0);
  EXPECT_TRUE(eventually(patience, [&] { return alarmed(copied, "joining"); }));
}

TEST(AGateWithAnUnreadableStore, KeepsItAsideSaysSoAndStartsAnew) {
  CarPark park(6, {"north", "south"});
  Gate& north = park.gate("north");
  const auto before = north.status().gate;
  // Stopped, not killed: a log that was left behind would repair the file.
  ASSERT_EQ(north.program.stop(), 0);
  std::ofstream(north.configuration.state() / "ledger.db", std::ios::binary | std::ios::trunc)
      << std::string(8192, '\x5a');
  north.program.start();
  EXPECT_TRUE(north.program.logs("ledger.db.unreadable-1"));
  EXPECT_TRUE(fs::exists(north.configuration.state() / "ledger.db.unreadable-1"));
  EXPECT_TRUE(park.is_whole());
  EXPECT_NE(north.status().gate.incarnation, before.incarnation);
  EXPECT_EQ(north.status().gate.permits, 0);
  EXPECT_TRUE(alarmed(north, "store_replaced"));
}

TEST(TheCentralService, DoesNotCreateTheLotAgainWhenItsStoreIsLost) {
  CarPark park(6, {"north", "south"});
  ASSERT_TRUE(park.gate("north").driver.drive_in());
  ASSERT_TRUE(park.all_show(1, 5));
  park.central().kill();
  fs::remove_all(park.folder() / "central" / "state");
  park.central().start();
  EXPECT_TRUE(eventually(patience, [&] {
    return has_alarm(park.central().status(), "other_lot") &&
           has_alarm(park.gate("north").status(), "not_registered");
  })) << park.figures();
  EXPECT_EQ(park.central().status().lot.capacity, 0);
  // The gates go on among themselves.
  ASSERT_TRUE(park.gate("south").driver.drive_in());
  EXPECT_TRUE(eventually(patience, [&] {
    const auto lot = park.gate("north").status().lot;
    return lot.inside == 2 && lot.free == 4;
  })) << park.figures();
}

}  // namespace
}  // namespace parking::integration
