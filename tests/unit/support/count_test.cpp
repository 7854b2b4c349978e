#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/ctl.hpp"
#include "tests/support/temp_dir.hpp"

namespace parking::test_support {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

/// Lets tests/support/count.sh count a program that prints `output` and ends with `exit_code`.
Outcome counted(const std::string& how, const std::string& output, int exit_code) {
  const TempDir folder;
  const auto log = folder.write("output", output);
  const auto program =
      folder.write("a_tests", "cat " + log.string() + "\nexit " + std::to_string(exit_code) + "\n");
  const std::string script = "set -uo pipefail; passed=0 failed=0 logs=" + folder.path().string() +
                             "; . " PARKING_SOURCE_DIR "/tests/support/count.sh; " + how + " " +
                             program.string() + "; echo $passed and $failed";
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  return run("/bin/bash", {"-c", script});
}

TEST(Counting, AddsUpWhatGoogleTestReports) {
  EXPECT_THAT(counted("run_gtest",
                      "[ RUN      ] A.B\n[       OK ] A.B (0 ms)\nnoise[       OK ] A.C (12 ms)\n"
                      "[  PASSED  ] 2 tests.\n",
                      0)
                  .output,
              EndsWith("\n2 and 0\n"));
}

TEST(Counting, CountsAFailureOnceThoughItIsListedTwice) {
  const auto outcome = counted("run_gtest",
                               "[       OK ] A.B (0 ms)\nexpected 1\n[  FAILED  ] A.C (3 ms)\n"
                               "[  FAILED  ] 1 test, listed below:\n[  FAILED  ] A.C\n",
                               1);
  EXPECT_THAT(outcome.output, HasSubstr("    | expected 1\n"));
  EXPECT_THAT(outcome.output, EndsWith("\n1 and 1\n"));
}

TEST(Counting, TakesACrashForAFailure) {
  EXPECT_THAT(counted("run_gtest", "[       OK ] A.B (0 ms)\n[ RUN      ] A.C\n", 139).output,
              EndsWith("\n1 and 1\n"));
}

TEST(Counting, TakesAProgramThatRanNoTestForAFailure) {
  EXPECT_THAT(counted("run_gtest", "[  PASSED  ] 0 tests.\n", 0).output, EndsWith("\n0 and 1\n"));
  EXPECT_THAT(counted("run_qtest", "", 0).output, EndsWith("\n0 and 1\n"));
}

TEST(Counting, AddsUpTheTotalsOfQtTest) {
  EXPECT_THAT(counted("run_qtest",
                      "Totals: 3 passed, 0 failed, 0 skipped, 0 blacklisted, 7ms\n"
                      "Totals: 10 passed, 1 failed, 0 skipped, 0 blacklisted, 7ms\n",
                      1)
                  .output,
              EndsWith("\n13 and 1\n"));
}

TEST(Counting, TakesOverTheSumOfAnotherRunWithoutItsLine) {
  const auto outcome = counted("run_summed other", "ok    this\n12 passed, 0 failed\n", 0);
  EXPECT_THAT(outcome.output, HasSubstr("  | ok    this\n"));
  EXPECT_THAT(outcome.output, Not(HasSubstr("passed, 0 failed")));
  EXPECT_THAT(outcome.output, EndsWith("\n12 and 0\n"));
}

TEST(Counting, TakesARunThatClosedWithoutASumForAFailure) {
  EXPECT_THAT(counted("run_summed other", "half of it\n", 1).output, EndsWith("\n0 and 1\n"));
}

}  // namespace
}  // namespace parking::test_support
