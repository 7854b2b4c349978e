#include "tests/support/process.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/support/eventually.hpp"

namespace parking::test_support {
namespace {

using namespace std::chrono_literals;

Process shell(const std::string& script) {
  return Process("/bin/sh", {"-c", script});
}

TEST(AProcess, TellsItsExitCode) {
  EXPECT_EQ(shell("exit 7").wait(5s), 7);
}

TEST(AProcess, TellsTheSignalThatEndedIt) {
  auto process = shell("exec sleep 60");
  process.kill();
  EXPECT_EQ(process.wait(5s), 128 + SIGKILL);
}

TEST(AProcess, IsStillRunningWhenTheDeadlinePasses) {
  auto process = shell("exec sleep 60");
  EXPECT_EQ(process.wait(1ms), std::nullopt);
  EXPECT_TRUE(process.running());
}

TEST(AProcess, IsAskedToStopWithTerminate) {
  auto process = shell("trap 'exit 5' TERM; echo ready; while :; do sleep 0.01; done");
  ASSERT_TRUE(process.wait_for_line("ready", 5s));
  process.terminate();
  EXPECT_EQ(process.wait(5s), 5);
}

TEST(AProcess, ShowsALineAsSoonAsItIsComplete) {
  auto process = shell("printf 'listening on 7411\\n' >&2; exec sleep 60");
  EXPECT_TRUE(process.wait_for_line("listening", 5s));
}

TEST(AProcess, ThatEndedWithoutTheLineIsNotWaitedFor) {
  EXPECT_FALSE(shell("echo other").wait_for_line("listening", 60s));
}

TEST(AProcess, NeverBlocksOnItsOutput) {
  auto process = shell("head -c 1000000 /dev/zero");
  EXPECT_EQ(process.wait(10s), 0);
  EXPECT_EQ(process.output().size(), 1'000'000U);
}

TEST(AProcess, IsKilledAtTheEndOfItsScope) {
  pid_t pid = -1;
  {
    auto process = shell("exec sleep 60");
    pid = process.pid();
  }
  EXPECT_EQ(::kill(pid, 0), -1);
}

TEST(AProcess, MustExist) {
  EXPECT_THROW(Process("/nowhere/at-all", {}), std::runtime_error);
}

TEST(Eventually, LooksOnceMoreAtItsDeadline) {
  int looks = 0;
  EXPECT_TRUE(eventually(0ms, [&] { return ++looks == 2; }));
}

TEST(Eventually, GivesUpAtItsDeadline) {
  EXPECT_FALSE(eventually(1ms, [] { return false; }));
}

}  // namespace
}  // namespace parking::test_support
