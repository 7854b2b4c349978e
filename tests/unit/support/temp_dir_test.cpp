#include "tests/support/temp_dir.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

namespace parking::test_support {
namespace {

TEST(ATempDir, HoldsFilesAndGoesWithThem) {
  std::filesystem::path left_behind;
  {
    const TempDir folder;
    left_behind = folder.path();
    const auto file = folder.write("gate.toml", "[gate]\n");
    std::ifstream stream(file);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(stream), {}), "[gate]\n");
  }
  EXPECT_FALSE(std::filesystem::exists(left_behind));
}

TEST(ATempDir, IsNewEachTime) {
  const TempDir one;
  const TempDir other;
  EXPECT_NE(one.path(), other.path());
}

}  // namespace
}  // namespace parking::test_support
