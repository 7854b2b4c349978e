#include "app/kiosk/options.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/temp_dir.hpp"

namespace parking::kiosk {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

std::expected<Options, Ending> parse(std::vector<std::string> arguments) {
  std::vector<const char*> argv{"parking-kiosk"};
  for (const auto& argument : arguments) argv.push_back(argument.c_str());
  return parse_options(static_cast<int>(argv.size()), argv.data(), "1.2.3");
}

TEST(KioskOptions, AreTheDefaultsWithoutArguments) {
  const auto options = parse({});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->config, Config{});
  EXPECT_FALSE(options->windowed);
  EXPECT_FALSE(options->demo_panel);
  EXPECT_THAT(options->grab_file, IsEmpty());
}

TEST(KioskOptions, GoBeforeTheConfiguration) {
  const test_support::TempDir folder;
  const auto file = (folder.path() / "kiosk.toml").string();
  std::ofstream(file) << "[kiosk]\ngate = \"/a\"\nlane = \"in\"\nrotation = 90\n";
  const auto options = parse({"--config", file, "--gate", "/b", "--lane", "out"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->config.gate, "/b");
  EXPECT_EQ(options->config.lane, "out");
  EXPECT_EQ(options->config.rotation, 90);
}

TEST(KioskOptions, EndWithTheFaultsOfTheConfiguration) {
  const test_support::TempDir folder;
  const auto file = (folder.path() / "kiosk.toml").string();
  std::ofstream(file) << "[kiosk]\nrotation = 1\nlane = 1\n";
  const auto options = parse({"--config", file});
  ASSERT_FALSE(options);
  EXPECT_EQ(options.error().status, 2);
  EXPECT_THAT(options.error().err, AllOf(HasSubstr(file + ":3: kiosk.lane: "),
                                         HasSubstr(file + ":2: kiosk.rotation: ")));
}

TEST(KioskOptions, OpenAWindowWhenASizeIsGiven) {
  const auto options = parse({"--size", "1024x600", "--demo-panel"});
  ASSERT_TRUE(options);
  EXPECT_TRUE(options->windowed);
  EXPECT_TRUE(options->demo_panel);
  EXPECT_EQ(options->size, QSize(1024, 600));
}

TEST(KioskOptions, SayWhatASizeLooksLike) {
  const auto options = parse({"--size", "huge"});
  ASSERT_FALSE(options);
  EXPECT_EQ(options.error().status, 2);
  EXPECT_THAT(options.error().err, AllOf(HasSubstr("\"huge\""), HasSubstr("800x480")));
}

TEST(KioskOptions, PrintHelpAndVersionAndEndWell) {
  const auto help = parse({"--help"});
  ASSERT_FALSE(help);
  EXPECT_EQ(help.error().status, 0);
  EXPECT_THAT(help.error().out, HasSubstr("--config"));
  const auto version = parse({"--version"});
  ASSERT_FALSE(version);
  EXPECT_EQ(version.error().status, 0);
  EXPECT_EQ(version.error().out, "parking-kiosk 1.2.3\n");
}

TEST(KioskOptions, RefuseWhatTheyDoNotKnow) {
  const auto options = parse({"--colour", "red"});
  ASSERT_FALSE(options);
  EXPECT_EQ(options.error().status, 2);
  EXPECT_THAT(options.error().err, HasSubstr("--colour"));
}

TEST(KioskOptions, NeedAFolderForPicturesOfChanges) {
  const test_support::TempDir folder;
  EXPECT_FALSE(parse({"--grab-every", "100"}));
  EXPECT_FALSE(parse({"--grab-dir", folder.path()}));
  EXPECT_FALSE(parse({"--grab-every", "100", "--grab-dir", folder.path() / "none"}));
  EXPECT_FALSE(parse({"--grab-every", "1", "--grab-dir", folder.path()}));
  const auto options = parse({"--grab-every", "100", "--grab-dir", folder.path()});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->grab_every_ms, 100);
}

TEST(AWindowSize, IsWidthAndHeight) {
  EXPECT_EQ(parse_size("800x480"), QSize(800, 480));
  EXPECT_EQ(parse_size("320x240"), QSize(320, 240));
  EXPECT_EQ(parse_size("7680x4320"), QSize(7680, 4320));
}

TEST(AWindowSize, IsNothingElse) {
  for (const auto* text : {"", "x", "800", "800x", "x480", "800x480 ", "800X480", "319x240",
                           "320x239", "7681x4320", "7680x4321", "-800x480", "99999999999x480"})
    EXPECT_FALSE(parse_size(text)) << text;
}

}  // namespace
}  // namespace parking::kiosk
