// A right configuration on a machine that does not fit: ports, folders and stores in use.
#include <filesystem>
#include <fstream>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/integration/car_park.hpp"
#include "tests/support/ctl.hpp"
#include "tests/support/process.hpp"

namespace parking::integration {
namespace {

namespace fs = std::filesystem;
using testing::AnyOf;
using testing::HasSubstr;

test_support::Outcome run_gate(const GateConfiguration& configuration) {
  return test_support::run(test_support::program("parking-gate"),
                           {"--config", configuration.write().string()});
}

class AGateAtTheWrongPlace : public testing::Test {
protected:
  static void SetUpTestSuite() {
    shared = std::make_unique<CarPark>(4, std::vector<std::string>{"north"});
  }
  static void TearDownTestSuite() { shared.reset(); }

  static inline std::unique_ptr<CarPark> shared;
  CarPark& park = *shared;
  static inline int number = 0;
  GateConfiguration second = park.configuration_for("second-" + std::to_string(++number));
};

TEST_F(AGateAtTheWrongPlace, NamesThePortThatAnotherProgramUses) {
  second.listen = park.gate("north").configuration.listen;
  const auto outcome = run_gate(second);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.errors, HasSubstr("cannot listen on " + second.listen));
  EXPECT_THAT(outcome.errors, HasSubstr("another program uses this port"));
}

TEST_F(AGateAtTheWrongPlace, NamesTheStoreThatAnotherGateUses) {
  const auto text = replaced(second.text(), second.state().string(),
                             park.gate("north").configuration.state().string());
  std::ofstream(second.write()) << text;
  const auto outcome = test_support::run(test_support::program("parking-gate"),
                                         {"--config", (second.folder / "gate.toml").string()});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.errors, HasSubstr("is in use by another program"));
  EXPECT_TRUE(park.gate("north").driver.drive_in());
  EXPECT_TRUE(park.gate("north").driver.drive_out());
}

TEST_F(AGateAtTheWrongPlace, NamesTheLocalSocketThatAnotherGateUses) {
  const auto text = replaced(second.text(), second.socket().string(),
                             park.gate("north").configuration.socket().string());
  std::ofstream(second.write()) << text;
  const auto outcome = test_support::run(test_support::program("parking-gate"),
                                         {"--config", (second.folder / "gate.toml").string()});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.errors, HasSubstr(park.gate("north").configuration.socket().string()));
  EXPECT_TRUE(park.gate("north").driver.drive_in());
  EXPECT_TRUE(park.gate("north").driver.drive_out());
}

TEST_F(AGateAtTheWrongPlace, NamesTheStateDirectoryThatIsAFile) {
  fs::create_directories(second.folder);
  std::ofstream(second.state()) << "a file";
  const auto outcome = run_gate(second);
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.errors, HasSubstr(second.state().string()));
}

TEST_F(AGateAtTheWrongPlace, NamesTheStateDirectoryThatItMayNotWrite) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can run the gate as somebody else";
  second.write();
  fs::create_directories(second.state());
  fs::permissions(second.state(), fs::perms::owner_all | fs::perms::others_read);
  for (fs::path at = second.folder; at != "/tmp" && at != "/"; at = at.parent_path())
    fs::permissions(at, fs::perms::others_all, fs::perm_options::add);
  const auto outcome =
      test_support::run("/usr/bin/setpriv", {"--reuid=65534", "--regid=65534", "--clear-groups",
                                             test_support::program("parking-gate").string(),
                                             "--config", (second.folder / "gate.toml").string()});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.errors, HasSubstr(second.state().string()));
}

TEST_F(AGateAtTheWrongPlace, FindsNoChipForARealBoard) {
  auto text = replaced(second.text(), "\"simulated\"", "\"gpiod\"\nchip = \"no-such-chip\"");
  int line = 1;
  for (const auto* part : {"debounce_ms = 0", "milliseconds = 50"}) {
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 20))
      text.insert(at, "line = \"L" + std::to_string(line++) + "\", ");
  }
  std::ofstream(second.write()) << text;
  const auto outcome = test_support::run(test_support::program("parking-gate"),
                                         {"--config", (second.folder / "gate.toml").string()});
  EXPECT_EQ(outcome.exit_code, 1) << outcome.errors;
  EXPECT_THAT(outcome.errors, AnyOf(HasSubstr("no-such-chip"), HasSubstr("no GPIO chip")));
}

TEST(ACentralServiceAtTheWrongPlace, NamesThePortThatAnotherProgramUses) {
  CarPark park(4, {});
  const CentralConfiguration second{park.folder() / "second", park.central_address()};
  const auto outcome = test_support::run(test_support::program("parking-discovery"),
                                         {"--config", second.write().string()});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.errors, HasSubstr("cannot listen on " + park.central_address()));
}

}  // namespace
}  // namespace parking::integration
