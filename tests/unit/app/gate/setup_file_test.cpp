#include "app/gate/setup_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temp_dir.hpp"

namespace parking::gate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

SetupValues some_values(std::uint16_t port = 7411) {
  return {core::GateId::parse("north").value(), {"127.0.0.1", port}, {"::1", 7400}};
}

TEST(TheSetupFile, IsNothingBeforeItIsStored) {
  const test_support::TempDir folder;
  EXPECT_EQ(load_setup(folder.path()).value(), std::nullopt);
}

TEST(TheSetupFile, GivesBackWhatWasStoredLast) {
  const test_support::TempDir folder;
  ASSERT_TRUE(save_setup(folder.path(), some_values(1)));
  ASSERT_TRUE(save_setup(folder.path(), some_values(2)));
  EXPECT_EQ(load_setup(folder.path()).value(), some_values(2));
}

TEST(TheSetupFile, LeavesNothingBesideIt) {
  const test_support::TempDir folder;
  ASSERT_TRUE(save_setup(folder.path(), some_values()));
  std::filesystem::directory_iterator entries(folder.path());
  EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
}

TEST(TheSetupFile, ThatCannotBeStoredSaysWhy) {
  EXPECT_THAT(save_setup("/proc/nowhere", some_values()).error(),
              StartsWith("cannot store the setup in /proc/nowhere/setup.toml.new: No such file"));
}

TEST(TheSetupFile, MakesItsFolder) {
  const test_support::TempDir folder;
  ASSERT_TRUE(save_setup(folder.path() / "new", some_values()));
  EXPECT_EQ(load_setup(folder.path() / "new").value(), some_values());
}

TEST(TheSetupFile, ThatIsDamagedSaysHow) {
  const test_support::TempDir folder;
  (void)folder.write("setup.toml", "[gate]\nid = \"North\"\nlisten = \"127.0.0.1:1\"\nx = 1\n");
  EXPECT_THAT(load_setup(folder.path()).error(),
              ElementsAre(HasSubstr("setup.toml:4: gate.x: unknown key"),
                          HasSubstr("setup.toml:2: gate.id: a gate's name is made of"),
                          HasSubstr("setup.toml:1: gate.discovery: remove this file")));
}

}  // namespace
}  // namespace parking::gate
