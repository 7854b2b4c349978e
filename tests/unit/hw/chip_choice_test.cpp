#include "hw/chip_choice.hpp"

#include <cerrno>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parking::hw {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

ChipInfo chip(std::string device, std::string label, const std::vector<std::string>& names) {
  ChipInfo info{std::move(device), std::move(label), {}};
  for (const auto& name : names) info.lines.push_back({.name = name});
  return info;
}

const ChipInfo header = chip("/dev/gpiochip4", "pinctrl-rp1", {"ID_SDA", "GPIO5", "GPIO17"});
const ChipInfo other = chip("/dev/gpiochip0", "gpio-brcmstb@107d508500", {"-", "PMIC_INT"});

LinesSpec wanted(std::string selector = "auto") {
  return {
      .chip = std::move(selector), .inputs = {{.line = "GPIO17"}}, .outputs = {{.line = "GPIO5"}}};
}

Error error_of(const ChipScan& scan, const LinesSpec& spec) {
  const auto choice = choose_chip(scan, spec);
  return choice ? Error{ErrorKind::io, "no error"} : choice.error();
}

TEST(TheChip, IsFoundByTheNamesOfItsLines) {
  const auto choice = choose_chip({.chips = {other, header}}, wanted());
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->chip.device, "/dev/gpiochip4");
  EXPECT_THAT(choice->input_offsets, ElementsAre(2U));
  EXPECT_THAT(choice->output_offsets, ElementsAre(1U));
}

TEST(TheChip, IsFoundByItsLabel) {
  const ChipInfo twin = chip("/dev/gpiochip9", "twin", {"GPIO17", "GPIO5"});
  const auto choice = choose_chip({.chips = {header, twin}}, wanted("twin"));
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->chip.device, "/dev/gpiochip9");
  EXPECT_THAT(choice->input_offsets, ElementsAre(0U));
}

TEST(TheChip, MustBeNamedWhenSeveralHaveTheLines) {
  const ChipInfo twin = chip("/dev/gpiochip9", "twin", {"GPIO17", "GPIO5"});
  const auto error = error_of({.chips = {header, twin}}, wanted());
  EXPECT_EQ(error.kind, ErrorKind::chip_not_found);
  EXPECT_THAT(error.message, AllOf(HasSubstr("pinctrl-rp1"), HasSubstr("twin")));
}

TEST(AnUnknownLabel, IsAnsweredWithTheLabelsThatExist) {
  const auto error = error_of({.chips = {other, header}}, wanted("pinctrl-bcm2711"));
  EXPECT_EQ(error.kind, ErrorKind::chip_not_found);
  EXPECT_THAT(error.message,
              AllOf(HasSubstr("pinctrl-bcm2711"), HasSubstr("pinctrl-rp1 (/dev/gpiochip4)"),
                    HasSubstr("gpio-brcmstb@107d508500")));
}

TEST(AMissingLine, IsAnsweredWithItsNameAndTheChipsThatWereSearched) {
  LinesSpec spec = wanted();
  spec.inputs.push_back({.line = "GPIO99"});
  const auto error = error_of({.chips = {other, header}}, spec);
  EXPECT_EQ(error.kind, ErrorKind::line_not_found);
  EXPECT_THAT(error.message, AllOf(HasSubstr("no line named GPIO99 on pinctrl-rp1"),
                                   HasSubstr("gpio-brcmstb@107d508500"), HasSubstr("gpioinfo")));
}

TEST(AMissingLine, IsLookedForOnlyOnTheChipThatIsNamed) {
  LinesSpec spec = wanted("pinctrl-rp1");
  spec.inputs.push_back({.line = "PMIC_INT"});
  const auto error = error_of({.chips = {other, header}}, spec);
  EXPECT_EQ(error.kind, ErrorKind::line_not_found);
  EXPECT_THAT(error.message, Not(HasSubstr("gpio-brcmstb")));
}

TEST(AMachineWithoutGpio, IsToldAsSuch) {
  const auto error = error_of({}, wanted());
  EXPECT_EQ(error.kind, ErrorKind::no_gpio);
  EXPECT_THAT(error.message, AllOf(HasSubstr("/dev/gpiochip"), HasSubstr("simulated board")));
}

TEST(ADeniedDevice, IsAnsweredWithTheGroupToJoin) {
  const auto error = error_of({.chips = {}, .denied = {"/dev/gpiochip0"}}, wanted());
  EXPECT_EQ(error.kind, ErrorKind::no_permission);
  EXPECT_THAT(error.message, AllOf(HasSubstr("/dev/gpiochip0"), HasSubstr("group gpio")));
}

TEST(ADeniedDevice, IsMentionedWhenTheLinesAreNowhereElse) {
  const auto error = error_of({.chips = {other}, .denied = {"/dev/gpiochip4"}}, wanted());
  EXPECT_EQ(error.kind, ErrorKind::line_not_found);
  EXPECT_THAT(error.message, HasSubstr("Could not look at /dev/gpiochip4"));
}

TEST(ABusyLine, IsAnsweredWithItsHolder) {
  const auto choice = choose_chip({.chips = {header}}, wanted());
  ASSERT_TRUE(choice);
  ChipInfo now = header;
  now.lines[0] = {.name = "ID_SDA", .used = true, .consumer = "not ours"};
  now.lines[2] = {.name = "GPIO17", .used = true, .consumer = "gpiomon"};
  const auto error = request_error(EBUSY, *choice, now);
  EXPECT_EQ(error.kind, ErrorKind::busy);
  EXPECT_THAT(error.message, AllOf(HasSubstr("GPIO17 is held by \"gpiomon\""),
                                   Not(HasSubstr("GPIO5")), Not(HasSubstr("not ours"))));
  now.lines[2].consumer.clear();
  EXPECT_THAT(request_error(EBUSY, *choice, now).message, HasSubstr("held by the kernel"));
}

TEST(ARefusedRequest, SaysWhatTheKernelSaid) {
  const auto choice = choose_chip({.chips = {header}}, wanted());
  ASSERT_TRUE(choice);
  EXPECT_EQ(request_error(EACCES, *choice, header).kind, ErrorKind::no_permission);
  EXPECT_EQ(request_error(EINVAL, *choice, header).kind, ErrorKind::unsupported);
  const auto error = request_error(EIO, *choice, header);
  EXPECT_EQ(error.kind, ErrorKind::io);
  EXPECT_THAT(error.message, HasSubstr("pinctrl-rp1"));
}

class ChipDevices : public testing::Test {
protected:
  ChipDevices() {
    std::string name = (fs::temp_directory_path() / "chip_devices_XXXXXX").string();
    directory_ = fs::canonical(::mkdtemp(name.data()));
  }
  ~ChipDevices() override { fs::remove_all(directory_); }
  void touch(const std::string& name) { std::ofstream(directory_ / name) << ""; }

  fs::path directory_;
};

TEST_F(ChipDevices, AreMetOnceThoughALinkGivesThemAnotherName) {
  touch("gpiochip0");
  touch("gpiochip10");
  touch("null");
  fs::create_symlink("gpiochip0", directory_ / "gpiochip4");
  fs::create_symlink("missing", directory_ / "gpiochip5");
  EXPECT_THAT(chip_devices(directory_),
              ElementsAre(directory_ / "gpiochip0", directory_ / "gpiochip10"));
}

TEST_F(ChipDevices, AreNoneWhereThereAreNone) {
  EXPECT_THAT(chip_devices(directory_), IsEmpty());
  EXPECT_THAT(chip_devices(directory_ / "missing"), IsEmpty());
}

}  // namespace
}  // namespace parking::hw
