// The store on a disk without room. The disk is a small file system of its own, mounted where only
// the gate sees it, which takes root.
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/integration/car_park.hpp"
#include "tests/support/ctl.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/process.hpp"

namespace parking::integration {
namespace {

namespace fs = std::filesystem;
using core::GateState;
using core::LaneState;
using core::RefusalReason;
using test_support::eventually;

std::string mount_command(const fs::path& at) {
  return "mount -t tmpfs -o size=2m tmpfs '" + at.string() + "'";
}

bool may_mount(const fs::path& at) {
  return ::geteuid() == 0 && fs::exists("/usr/bin/unshare") &&
         test_support::run("/usr/bin/unshare", {"-m", "/bin/sh", "-c", mount_command(at)})
                 .exit_code == 0;
}

class AGateWithAFullDisk : public testing::Test {
protected:
  void SetUp() override {
    park = std::make_unique<CarPark>(6, std::vector<std::string>{"south"});
    north = &park->add(park->configuration_for("north"));
    fs::create_directories(north->configuration.state());
    if (!may_mount(north->configuration.state()))
      GTEST_SKIP() << "needs root and unshare -m: a full disk was NOT tested";
    north->program.launch_as("/usr/bin/unshare",
                             {"-m", "/bin/sh", "-c",
                              mount_command(north->configuration.state()) + " && exec '" +
                                  test_support::program("parking-gate").string() + "' --config '" +
                                  north->program.config().string() + "'"});
    north->program.await_answer();
    ASSERT_TRUE(park->is_whole());
    ASSERT_TRUE(north->driver.drive_in());
    ASSERT_TRUE(park->all_show(1, 5));
  }

  /// The gate's disk, as seen from outside its mount namespace.
  [[nodiscard]] fs::path filler() const {
    return fs::path("/proc") / std::to_string(north->program.pid()) / "root" /
           north->configuration.state().relative_path() / "filler";
  }

  void fill_disk() const {
    std::ofstream file(filler(), std::ios::binary);
    const std::string block(4096, 'x');
    while (file.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
    }
  }

  /// Exits until the disk has noticed: what is left of its last pages takes some records.
  bool exits_until_the_disk_is_full() {
    return eventually(patience, [&] {
      ++exits;
      return north->driver.drive_out() && has_alarm(north->status(), "disk");
    });
  }

  std::unique_ptr<CarPark> park;
  Gate* north = nullptr;
  int exits = 0;
};

TEST_F(AGateWithAFullDisk, LetsNobodyInSaysWhyAndLetsEverybodyOut) {
  fill_disk();
  ASSERT_TRUE(exits_until_the_disk_is_full());
  EXPECT_EQ(north->status().gate.state, GateState::admissions_stopped);
  ASSERT_TRUE(north->driver.arrive("in"));
  EXPECT_TRUE(north->driver.is_refused("in", RefusalReason::disk));
  EXPECT_TRUE(north->driver.drive_out());
}

TEST_F(AGateWithAFullDisk, RecoversByItselfWhenThereIsRoomAgain) {
  fill_disk();
  ASSERT_TRUE(exits_until_the_disk_is_full());
  ASSERT_TRUE(north->driver.arrive("in"));
  ASSERT_TRUE(north->driver.is_refused("in", RefusalReason::disk));
  fs::remove(filler());
  EXPECT_TRUE(north->driver.sees("in", LaneState::open));
  ASSERT_TRUE(north->driver.pass("in"));
  EXPECT_EQ(north->status().gate.state, GateState::in_service);
  EXPECT_FALSE(has_alarm(north->status(), "disk"));
  // What left while the disk was full is counted now, here and elsewhere.
  EXPECT_TRUE(eventually(patience, [&] {
    return north->status().lot.inside == 2 - exits &&
           park->gate("south").status().lot.inside == 2 - exits;
  })) << park->figures();
}

TEST_F(AGateWithAFullDisk, GivesNoPermitsThatItCannotWriteDown) {
  fill_disk();
  ASSERT_TRUE(exits_until_the_disk_is_full());
  auto& south = park->gate("south").driver;
  int cars = 0;
  while (south.arrive("in") && cars < 10 &&
         eventually(
             patience,
             [&] {
               const auto state = south.lane("in")->state;
               return state == LaneState::open || state == LaneState::refused;
             }) &&
         south.lane("in")->state == LaneState::open && south.pass("in") &&
         south.sees("in", LaneState::idle))
    ++cars;
  EXPECT_LE(1 + cars, 6);
  EXPECT_TRUE(south.is_refused("in", RefusalReason::lot_full) ||
              south.lane("in")->reason == RefusalReason::no_permit_reachable);
}

}  // namespace
}  // namespace parking::integration
