// The store on a disk that fails, and what the next start of the program makes of it. The disk
// takes nothing beyond a file's first bytes: as an error, not as a lack of room.
#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/integration/car_park.hpp"
#include "tests/integration/raw_client.hpp"
#include "tests/support/ctl.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/process.hpp"

namespace parking::integration {
namespace {

namespace fs = std::filesystem;
using core::GateState;
using core::RefusalReason;
using test_support::eventually;
using testing::HasSubstr;

/// Too few for the store; a marker has room.
constexpr rlim_t first_bytes = 1024;

/// Starts `program` so that a write beyond its limit is an error and not the end of the program.
void start_on_a_disk_that_can_fail(ServerProgram& program, const std::string& name) {
  program.launch_as("/bin/sh",
                    {"-c", "trap '' XFSZ; exec '" + test_support::program(name).string() +
                               "' --config '" + program.config().string() + "'"});
  program.await_answer();
}

void fail_disk_of(const ServerProgram& program) {
  rlimit limit{};
  ASSERT_EQ(::prlimit(program.pid(), RLIMIT_FSIZE, nullptr, &limit), 0);
  limit.rlim_cur = first_bytes;
  ASSERT_EQ(::prlimit(program.pid(), RLIMIT_FSIZE, &limit, nullptr), 0);
}

/// A card that has become read-only.
std::string mount_read_only(const fs::path& at) {
  return "mount -t tmpfs -o size=2m,ro tmpfs '" + at.string() + "'";
}

bool may_mount(const fs::path& at) {
  return ::geteuid() == 0 && fs::exists("/usr/bin/unshare") &&
         test_support::run("/usr/bin/unshare", {"-m", "/bin/sh", "-c", mount_read_only(at)})
                 .exit_code == 0;
}

/// Makes the marker one of an earlier start of this machine.
void restart_machine(const fs::path& marker) {
  std::string boot;
  std::string store;
  std::ifstream in(marker);
  ASSERT_TRUE(std::getline(in, boot) && std::getline(in, store));
  std::string now;
  std::ifstream("/proc/sys/kernel/random/boot_id") >> now;
  ASSERT_EQ(boot, "boot " + now);
  std::ofstream(marker) << "boot 00000000-0000-0000-0000-000000000000\n" << store << "\n";
}

class AGateWithAFailedDisk : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_EQ(north.program.stop(), 0);
    start_on_a_disk_that_can_fail(north.program, "parking-gate");
    ASSERT_TRUE(park.is_whole());
    ASSERT_TRUE(north.driver.drive_in());
    ASSERT_TRUE(park.all_show(1, 5));
    incarnation = north.status().gate.incarnation;
    fail_disk_of(north.program);
    ASSERT_TRUE(north.driver.drive_out());
    ASSERT_TRUE(eventually(patience, [&] { return has_alarm(north.status(), "disk"); }));
    ASSERT_TRUE(fs::exists(marker)) << park.figures();
  }

  /// Another start of the program, on a disk that takes everything again.
  void restart_program() {
    north.program.kill();
    north.program.start();
  }

  CarPark park{6, {"north", "south"}};
  Gate& north = park.gate("north");
  fs::path marker = north.configuration.socket().string() + ".disk-failed";
  core::Incarnation incarnation;
};

TEST_F(AGateWithAFailedDisk, LetsNobodyInAndEverybodyOutAfterARestartOfItsProgram) {
  restart_program();
  EXPECT_EQ(north.status().gate.incarnation, incarnation);
  EXPECT_EQ(north.status().gate.state, GateState::admissions_stopped);
  EXPECT_THAT(alarm_text(north.status(), "disk"),
              AllOf(HasSubstr("restart the machine"), HasSubstr("parkingctl store renew")));
  ASSERT_TRUE(north.driver.arrive("in"));
  EXPECT_TRUE(north.driver.is_refused("in", RefusalReason::disk));
  EXPECT_TRUE(north.driver.drive_out());
  EXPECT_EQ(north.program.stop(), 0);
  north.program.start();
  EXPECT_TRUE(has_alarm(north.status(), "disk")) << "a second restart does not help either";
}

// What it wrote last may be in no file when the machine has restarted; who has seen it would end
// this store then.
TEST_F(AGateWithAFailedDisk, IsAloneAfterARestartOfItsProgram) {
  restart_program();
  EXPECT_THAT(alarm_text(north.status(), "disk"), HasSubstr("alone"));
  const auto heard = [&](Gate& gate) {
    return std::ranges::count(gate.status().peers, core::LinkState::alive, &core::PeerView::state);
  };
  EXPECT_THROW(RawClient(north.configuration.listen), std::runtime_error) << "nobody may call it";
  EXPECT_TRUE(eventually(patience, [&] { return heard(park.gate("south")) == 1; }))
      << "the other gate hears the office and nobody else";
  EXPECT_EQ(heard(north), 0);
  EXPECT_TRUE(north.driver.drive_out());
}

TEST_F(AGateWithAFailedDisk, GivesNoPermitsAfterARestartOfItsProgram) {
  restart_program();
  // Without that of the car that has just left, which was not written.
  const auto kept = north.status().gate.permits;
  ASSERT_GT(kept, 0);
  auto& south = park.gate("south").driver;
  for (core::Count car = 0; car < 5 - kept; ++car)
    ASSERT_TRUE(south.drive_in()) << car << park.figures();
  ASSERT_TRUE(south.arrive("in"));
  EXPECT_TRUE(south.sees("in", core::LaneState::refused)) << park.figures();
  EXPECT_EQ(north.status().gate.permits, kept);
}

TEST_F(AGateWithAFailedDisk, GoesOnWithItsStoreWhenTheMachineHasRestarted) {
  north.program.kill();
  ASSERT_NO_FATAL_FAILURE(restart_machine(marker));
  north.program.start();
  ASSERT_TRUE(park.is_whole()) << park.figures();
  EXPECT_EQ(north.status().gate.incarnation, incarnation);
  EXPECT_FALSE(has_alarm(north.status(), "disk"));
  EXPECT_FALSE(fs::exists(marker));
  EXPECT_TRUE(north.driver.drive_in());
}

TEST_F(AGateWithAFailedDisk, BeginsAnewWhenTheOperatorRenewsItsStore) {
  restart_program();
  const auto outcome =
      test_support::Ctl(north.program.socket()).run({"store", "renew", "--reason", "new card"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.errors;
  ASSERT_TRUE(park.is_whole()) << park.figures();
  EXPECT_NE(north.status().gate.incarnation, incarnation);
  EXPECT_FALSE(has_alarm(north.status(), "disk"));
  EXPECT_FALSE(fs::exists(marker));
}

class AGateThatFindsItsDiskReadOnly : public testing::Test {
protected:
  void SetUp() override {
    const fs::path state = north.configuration.state();
    if (!may_mount(state)) GTEST_SKIP() << "needs root and unshare -m: NOT tested";
    incarnation = north.status().gate.incarnation;
    north.program.kill();
    north.program.launch_as(
        "/usr/bin/unshare",
        {"-m", "/bin/sh", "-c",
         mount_read_only(state) + " && exec '" + test_support::program("parking-gate").string() +
             "' --config '" + north.program.config().string() + "'"});
    north.program.await_answer();
  }

  /// Behind the read-only disk lies the one that the gate had before.
  void mend_disk() {
    const auto done =
        test_support::run("/usr/bin/nsenter", {"-m", "-t", std::to_string(north.program.pid()),
                                               "umount", north.configuration.state().string()});
    ASSERT_EQ(done.exit_code, 0) << done.errors;
  }

  CarPark park{6, {"north", "south"}};
  Gate& north = park.gate("north");
  core::Incarnation incarnation;
};

TEST_F(AGateThatFindsItsDiskReadOnly, LetsEverybodyOutAndNobodyIn) {
  EXPECT_EQ(north.status().gate.state, GateState::admissions_stopped);
  EXPECT_TRUE(north.status().gate.incarnation.empty());
  EXPECT_THAT(alarm_text(north.status(), "disk"),
              AllOf(HasSubstr("Read-only file system"), HasSubstr("counts nobody")));
  EXPECT_TRUE(north.driver.drive_out());
  EXPECT_TRUE(north.driver.drive_out());
  EXPECT_EQ(north.program.logged("lane out: barrier opens"), 2);
  ASSERT_TRUE(north.driver.arrive("in"));
  EXPECT_TRUE(north.driver.is_refused("in", RefusalReason::disk));
  EXPECT_EQ(north.status().peers.size(), 0U);
  const test_support::Ctl ctl(north.program.socket());
  EXPECT_THAT(ctl.run({"store", "renew", "--reason", "new card"}).errors,
              HasSubstr("there is no store to renew"));
  EXPECT_EQ(north.program.stop(), 0);
}

TEST_F(AGateThatFindsItsDiskReadOnly, GoesOnWithItsStoreByItselfWhenTheDiskIsMended) {
  ASSERT_TRUE(north.driver.drive_out());
  ASSERT_NO_FATAL_FAILURE(mend_disk());
  ASSERT_TRUE(park.is_whole()) << park.figures();
  EXPECT_EQ(north.status().gate.incarnation, incarnation);
  EXPECT_FALSE(has_alarm(north.status(), "disk"));
  EXPECT_TRUE(north.driver.drive_in());
  EXPECT_TRUE(park.all_show(1, 5)) << "what left without a store was not counted";
}

TEST_F(AGateThatFindsItsDiskReadOnly, BeginsAnewOnlyWhenNoCarIsInALane) {
  ASSERT_TRUE(north.driver.arrive("out"));
  ASSERT_TRUE(north.driver.sees("out", core::LaneState::open));
  ASSERT_NO_FATAL_FAILURE(mend_disk());
  ASSERT_TRUE(north.program.logs("the store can be opened again"));
  EXPECT_EQ(north.driver.lane("out")->state, core::LaneState::open);
  EXPECT_EQ(north.status().gate.state, GateState::admissions_stopped);
  ASSERT_TRUE(north.driver.pass("out"));
  EXPECT_EQ(north.program.logged("lane out: barrier opens"), 1);
  EXPECT_TRUE(park.is_whole()) << park.figures();
}

TEST(AnOfficeWithAFailedDisk, WritesNothingAfterARestartOfItsProgram) {
  CarPark park(6, {"north"});
  ASSERT_EQ(park.central().stop(), 0);
  start_on_a_disk_that_can_fail(park.central(), "parking-discovery");
  ASSERT_TRUE(park.is_whole());
  const test_support::Ctl ctl(park.central().socket());
  fail_disk_of(park.central());
  EXPECT_EQ(ctl.run({"capacity", "7", "--reason", "painted"}).exit_code, 0);
  ASSERT_TRUE(eventually(patience, [&] { return has_alarm(park.central().status(), "disk"); }));

  park.central().kill();
  park.central().start();
  EXPECT_THAT(alarm_text(park.central().status(), "disk"),
              AllOf(HasSubstr("restart the machine"), HasSubstr("parkingctl office takeover")));
  EXPECT_THROW(RawClient{park.central_address()}, std::runtime_error) << "no gate may call it";
  const auto refused = ctl.run({"capacity", "8", "--reason", "painted"});
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_THAT(refused.errors, HasSubstr("the disk does not take what is written"));
  EXPECT_TRUE(park.gate("north").driver.drive_in()) << "gates go on among themselves";
  EXPECT_EQ(park.central().status().lot.capacity, 6);
}

}  // namespace
}  // namespace parking::integration
