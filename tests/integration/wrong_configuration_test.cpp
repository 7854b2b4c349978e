// What is wrong in a configuration is said with its place, and nothing starts.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/configuration.hpp"
#include "tests/support/ctl.hpp"
#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace parking::integration {
namespace {

using test_support::Outcome;
using testing::HasSubstr;
using testing::StartsWith;

/// The line of a text on which `part` stands, from 1.
std::string line_of(const std::string& text, const std::string& part) {
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(text.find(part));
  return std::to_string(1 + std::count(text.begin(), end, '\n'));
}

class AWrongConfiguration : public testing::Test {
protected:
  Outcome run(const char* program, const std::string& text) {
    written = folder.write("wrong.toml", text);
    const auto outcome =
        test_support::run(test_support::program(program), {"--config", written.string()});
    EXPECT_EQ(outcome.exit_code, 2) << outcome.output << outcome.errors;
    return outcome;
  }

  [[nodiscard]] std::string gate_text() const {
    return GateConfiguration{.folder = folder.path(),
                             .id = "north",
                             .listen = "127.0.0.1:7411",
                             .discovery = "127.0.0.1:7400"}
        .text();
  }

  test_support::TempDir folder;
  std::filesystem::path written;
};

TEST_F(AWrongConfiguration, NamesTheUnknownKeyOfAGateAndItsLine) {
  const auto text = replaced(gate_text(), "[board]", "colour = \"red\"\n[board]");
  const auto outcome = run("parking-gate", text);
  EXPECT_THAT(outcome.errors,
              StartsWith(written.string() + ":" + line_of(text, "colour") + ": gate.colour: "));
}

TEST_F(AWrongConfiguration, NamesTheUnknownKeyOfTheCentralServiceAndItsLine) {
  auto text = CentralConfiguration{folder.path(), "127.0.0.1:7400"}.text();
  text = replaced(text, "[http]", "rent = 3\n[http]");
  const auto outcome = run("parking-discovery", text);
  EXPECT_THAT(outcome.errors,
              StartsWith(written.string() + ":" + line_of(text, "rent") + ": discovery.rent: "));
}

TEST_F(AWrongConfiguration, NamesTheLineThatARealBoardNeeds) {
  const auto outcome = run("parking-gate", replaced(gate_text(), "\"simulated\"", "\"gpiod\""));
  EXPECT_THAT(outcome.errors, HasSubstr("approach.line: "));
  EXPECT_THAT(outcome.errors, HasSubstr("barrier.line: "));
}

TEST_F(AWrongConfiguration, NamesTheLaneThatIsThereTwice) {
  const auto outcome = run("parking-gate", replaced(gate_text(), "\"out\"", "\"in\""));
  EXPECT_THAT(outcome.errors, HasSubstr("name: there is a lane \"in\" already"));
}

TEST_F(AWrongConfiguration, SaysThatANetworkNeedsASecurityMode) {
  const auto gate = run("parking-gate", replaced(gate_text(), "127.0.0.1:7411", "192.0.2.7:7411"));
  EXPECT_THAT(gate.errors, HasSubstr("[security] mode"));
  auto text = CentralConfiguration{folder.path(), "192.0.2.1:7400"}.text();
  EXPECT_THAT(run("parking-discovery", text).errors, HasSubstr("[security] mode"));
}

TEST_F(AWrongConfiguration, SaysThatAWildcardNeedsAnAddressForTheOthers) {
  const auto text =
      replaced(gate_text(), "127.0.0.1:7411", "0.0.0.0:7411") + "[security]\nmode = \"plain\"\n";
  EXPECT_THAT(run("parking-gate", text).errors, HasSubstr("gate.advertise: "));
}

TEST_F(AWrongConfiguration, TellsAllItsFaultsAtOnceUnknownKeysFirst) {
  auto text = replaced(gate_text(), "merge_ms = 50", "merge_ms = -1");
  text = replaced(text, "[board]", "colour = \"red\"\n[board]");
  const auto outcome = run("parking-gate", text);
  EXPECT_EQ(std::ranges::count(outcome.errors, '\n'), 3);
  EXPECT_THAT(outcome.errors.substr(0, outcome.errors.find('\n')), HasSubstr("gate.colour"));
}

TEST_F(AWrongConfiguration, NamesTheFileThatIsNotThere) {
  const auto missing = folder.path() / "missing.toml";
  for (const auto* program : {"parking-gate", "parking-discovery"}) {
    const auto outcome =
        test_support::run(test_support::program(program), {"--config", missing.string()});
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_THAT(outcome.errors, HasSubstr(missing.string()));
  }
}

TEST_F(AWrongConfiguration, NamesThePlaceThatIsNoToml) {
  const auto outcome = run("parking-gate", "[gate\nid = north\n");
  EXPECT_THAT(outcome.errors, StartsWith(written.string() + ":1: "));
}

}  // namespace
}  // namespace parking::integration
