#include "hw/open_lines.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hw/board.hpp"
#include "hw/gpiod_backend.hpp"

namespace parking::hw {
namespace {

using testing::HasSubstr;

TEST(OpeningLines, FailsOnAMachineWithoutGpioAndSaysSo) {
  if (!chip_devices().empty()) GTEST_SKIP() << "this machine has GPIO";
  boost::asio::io_context context;
  const auto lines = open_gpiod_lines(context.get_executor(), {.inputs = {{.line = "GPIO17"}}});
  ASSERT_FALSE(lines);
  EXPECT_EQ(lines.error().kind, ErrorKind::no_gpio);
}

TEST(OpeningLines, FailsForALabelThatNoMachineHas) {
  boost::asio::io_context context;
  const auto lines = open_gpiod_lines(context.get_executor(),
                                      {.chip = "no such label", .inputs = {{.line = "GPIO17"}}});
  ASSERT_FALSE(lines);
}

TEST(OpeningLines, ChecksTheSpecBeforeItTouchesTheHardware) {
  boost::asio::io_context context;
  const auto lines = open_gpiod_lines(context.get_executor(), {});
  ASSERT_FALSE(lines);
  EXPECT_EQ(lines.error().kind, ErrorKind::invalid_spec);
}

TEST(OpeningABoard, FailsOnAMachineWithoutGpioAndSaysSo) {
  if (!chip_devices().empty()) GTEST_SKIP() << "this machine has GPIO";
  boost::asio::io_context context;
  BoardSpec spec;
  spec.sensors.push_back({"in/approach", BeamSpec{.input = {.line = "GPIO17"}}});
  const auto board = open_gpiod_board(context.get_executor(), spec);
  ASSERT_FALSE(board);
  EXPECT_EQ(board.error().kind, ErrorKind::no_gpio);
  EXPECT_THAT(board.error().message, HasSubstr("no GPIO chip"));
}

TEST(TheGpiodBackend, AnswersARequestForAChipThatIsGoneWithAnError) {
  const ChipChoice choice{.chip = {.device = "/dev/null", .label = "gone", .lines = {}},
                          .input_offsets = {0},
                          .output_offsets = {}};
  EXPECT_FALSE(gpiod_backend::request(choice, {.inputs = {{.line = "GPIO17"}}}));
}

}  // namespace
}  // namespace parking::hw
