#include "tests/support/ctl.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace parking::test_support {
namespace {

TEST(Run, KeepsExitCodeOutputAndErrorsApart) {
  const auto outcome = run("/bin/sh", {"-c", "echo out; echo err >&2; exit 3"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_EQ(outcome.output, "out\n");
  EXPECT_EQ(outcome.errors, "err\n");
}

TEST(At, FindsWhatAPointerNames) {
  const auto value = boost::json::parse(R"({"lot":{"free":82},"lanes":[{"name":"in"}]})");
  EXPECT_EQ(at(value, "/lot/free"), 82);
  EXPECT_EQ(at(value, "/lanes/0/name"), "in");
}

TEST(At, IsNullForWhatIsNotThere) {
  EXPECT_TRUE(at(boost::json::parse("{}"), "/lot/free").is_null());
  EXPECT_TRUE(at(nullptr, "/lot").is_null());
}

}  // namespace
}  // namespace parking::test_support
