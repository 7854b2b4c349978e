#include "tests/support/port.hpp"

#include <set>

#include <gtest/gtest.h>

namespace parking::test_support {
namespace {

TEST(AFreePort, IsNeverGivenTwice) {
  std::set<std::uint16_t> ports;
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(ports.insert(free_port()).second);
  EXPECT_FALSE(ports.contains(0));
}

TEST(AFreeAddress, IsOnLoopback) {
  EXPECT_EQ(free_address().rfind("127.0.0.1:", 0), 0U);
}

}  // namespace
}  // namespace parking::test_support
