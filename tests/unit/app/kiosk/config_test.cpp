#include "app/kiosk/config.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temp_dir.hpp"

namespace parking::kiosk {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::vector<std::string> faults(std::string_view text) {
  const auto config = parse_config(text, "kiosk.toml");
  return config ? std::vector<std::string>{} : config.error();
}

TEST(AKioskConfig, HasADefaultForEveryKey) {
  EXPECT_EQ(parse_config("", "kiosk.toml"), Config{});
  EXPECT_EQ(parse_config("[kiosk]\n", "kiosk.toml"), Config{});
  EXPECT_EQ(Config{}.gate, "/run/parking-gate/gate.sock");
  EXPECT_EQ(Config{}.theme, ThemeChoice::automatic);
}

TEST(AKioskConfig, TakesWhatIsGiven) {
  const auto config = parse_config(
      "[kiosk]\ngate = \"/tmp/g.sock\"\nlane = \"out\"\nlanguage = \"en\"\ntheme = \"night\"\n"
      "rotation = 270\n",
      "kiosk.toml");
  ASSERT_TRUE(config);
  EXPECT_EQ(*config, (Config{"/tmp/g.sock", "out", "en", ThemeChoice::night, 270}));
}

TEST(AKioskConfig, KnowsThreeThemesAndFourRotations) {
  for (const auto& [name, theme] : {std::pair{"day", ThemeChoice::day},
                                    {"night", ThemeChoice::night},
                                    {"auto", ThemeChoice::automatic}})
    EXPECT_EQ(parse_config(std::string("[kiosk]\ntheme = \"") + name + "\"", "f")->theme, theme);
  for (const int degrees : {0, 90, 180, 270})
    EXPECT_EQ(parse_config("[kiosk]\nrotation = " + std::to_string(degrees), "f")->rotation,
              degrees);
}

struct Fault {
  std::string text;
  std::string beginning;
};

class EachFault : public testing::TestWithParam<Fault> {};

TEST_P(EachFault, IsNamedWithItsLineAndKey) {
  EXPECT_THAT(faults(GetParam().text), ElementsAre(StartsWith(GetParam().beginning)));
}

INSTANTIATE_TEST_SUITE_P(
    InAKioskConfig, EachFault,
    testing::Values(
        Fault{"[kiosk]\ngate = 7", "kiosk.toml:2: kiosk.gate: must be a text"},
        Fault{"[kiosk]\ngate = \"\"", "kiosk.toml:2: kiosk.gate: is empty. Give"},
        Fault{"[kiosk]\n\nlane = 1", "kiosk.toml:3: kiosk.lane: must be a text"},
        Fault{"[kiosk]\nlanguage = true", "kiosk.toml:2: kiosk.language: must be a text"},
        Fault{"[kiosk]\nlanguage = \"xx\"",
              "kiosk.toml:2: kiosk.language: there are no texts in \"xx\". Use one of: en"},
        Fault{"[kiosk]\ntheme = 1", "kiosk.toml:2: kiosk.theme: must be a text"},
        Fault{"[kiosk]\ntheme = \"dusk\"",
              "kiosk.toml:2: kiosk.theme: \"dusk\" is no theme. Use \"day\", \"night\" or"},
        Fault{"[kiosk]\nrotation = 45",
              "kiosk.toml:2: kiosk.rotation: 45 is not possible. Use 0, 90, 180 or 270"},
        Fault{"[kiosk]\nrotation = -90", "kiosk.toml:2: kiosk.rotation: -90 is not possible"},
        Fault{"[kiosk]\nrotation = \"90\"", "kiosk.toml:2: kiosk.rotation: must be a whole number"},
        Fault{"[kiosk]\nrotation = 90.0", "kiosk.toml:2: kiosk.rotation: must be a whole number"},
        Fault{"[kiosk]\ncolour = \"red\"",
              "kiosk.toml:2: kiosk.colour: there is no such key. Remove it, or use one of: gate"},
        Fault{"\n[gate]\nid = \"a\"", "kiosk.toml:2: gate: there is no such key"},
        Fault{"kiosk = 3", "kiosk.toml:1: kiosk: must be a section. Write [kiosk]"},
        Fault{"[kiosk]\nlane = \"in", "kiosk.toml:2: syntax: "},
        Fault{"[kiosk]\nlane = \"a\"\nlane = \"b\"", "kiosk.toml:3: syntax: "}));

TEST(AKioskConfig, NamesAllFaultsAtOnceUnknownKeysFirst) {
  EXPECT_THAT(faults("[kiosk]\nrotation = 1\ntheme = \"x\"\nname = \"a\"\n[lot]\n"),
              ElementsAre(HasSubstr("lot: there is no"), HasSubstr("kiosk.name: there is no"),
                          HasSubstr("kiosk.theme:"), HasSubstr("kiosk.rotation:")));
}

TEST(AKioskConfigFile, IsRead) {
  const test_support::TempDir folder;
  const auto file = folder.path() / "kiosk.toml";
  std::ofstream(file) << "[kiosk]\nlane = \"out\"\n";
  const auto config = load_config(file);
  ASSERT_TRUE(config);
  EXPECT_EQ(config->lane, "out");
}

TEST(AKioskConfigFile, MayBeEmpty) {
  const test_support::TempDir folder;
  const auto file = folder.path() / "kiosk.toml";
  std::ofstream{file};
  EXPECT_EQ(load_config(file), Config{});
}

TEST(AKioskConfigFile, ThatCannotBeReadIsNamed) {
  const test_support::TempDir folder;
  const auto missing = folder.path() / "no.toml";
  EXPECT_THAT(load_config(missing).error(),
              ElementsAre(missing.string() +
                          ":1: file: cannot be read. Check that it exists and who may read it"));
  EXPECT_THAT(load_config(folder.path()).error(), ElementsAre(HasSubstr("cannot be read")));
}

}  // namespace
}  // namespace parking::kiosk
