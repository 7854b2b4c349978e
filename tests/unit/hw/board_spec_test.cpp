#include "hw/board_spec.hpp"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parking::hw {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

BoardSpec example() {
  BoardSpec spec;
  spec.chip = "pinctrl-rp1";
  spec.sensors = {
      {"in/approach", UltrasonicSpec{.trigger = {.line = "GPIO23"}, .echo = {.line = "GPIO24"}}},
      {"in/passage", BeamSpec{.input = {.line = "GPIO27", .polarity = Polarity::active_low}}}};
  spec.inputs = {{"fire", BeamSpec{.input = {.line = "GPIO16"}}}};
  spec.outputs = {{"in/barrier", PulseSpec{.line = {.line = "GPIO22"}}},
                  {"full_sign", HoldSpec{.line = {.line = "GPIO20"}}}};
  return spec;
}

std::string fault_of(const BoardSpec& spec) {
  const auto result = check(spec);
  if (result) return "";
  EXPECT_EQ(result.error().kind, ErrorKind::invalid_spec);
  return result.error().message;
}

std::string fault_of(const std::variant<BeamSpec, UltrasonicSpec>& kind) {
  BoardSpec spec;
  spec.sensors = {{"in/approach", kind}};
  return fault_of(spec);
}

TEST(ABoardSpec, BecomesOneRequestOfAllItsLines) {
  EXPECT_EQ(fault_of(example()), "");
  const auto lines = lines_of(example());
  EXPECT_EQ(lines.chip, "pinctrl-rp1");
  std::vector<std::string> inputs;
  for (const auto& input : lines.inputs) inputs.push_back(input.line);
  EXPECT_THAT(inputs, ElementsAre("GPIO24", "GPIO27", "GPIO16"));
  EXPECT_EQ(lines.inputs[1].polarity, Polarity::active_low);
  std::vector<std::string> outputs;
  for (const auto& output : lines.outputs) outputs.push_back(output.line);
  EXPECT_THAT(outputs, ElementsAre("GPIO22", "GPIO20", "GPIO23"));
}

TEST(ABoardSpec, GivesEachSensorInputAndOutputAName) {
  auto spec = example();
  spec.sensors[1].name = "in/approach";
  EXPECT_THAT(fault_of(spec), AllOf(HasSubstr("in/approach"), HasSubstr("two of this name")));
  spec = example();
  spec.outputs[0].name = "";
  EXPECT_THAT(fault_of(spec), HasSubstr("needs a name"));
}

TEST(ABoardSpec, AllowsADebounceOfZeroAndNoNegativeOne) {
  EXPECT_EQ(fault_of(BeamSpec{.debounce = 0ms}), "");
  EXPECT_THAT(fault_of(BeamSpec{.debounce = -1ms}), HasSubstr("debounce"));
  EXPECT_THAT(fault_of(BeamSpec{.debounce = 11s}), HasSubstr("in/approach"));
}

TEST(ABoardSpec, KeepsUltrasonicSettingsWithinWhatTheSensorCanDo) {
  const auto with = [](auto change) {
    UltrasonicSpec spec;
    change(spec);
    return fault_of(spec);
  };
  EXPECT_EQ(with([](auto&) {}), "");
  EXPECT_THAT(with([](auto& spec) { spec.timing.period = 59ms; }), HasSubstr("60 to"));
  EXPECT_THAT(with([](auto& spec) { spec.timing.trigger = 9us; }), HasSubstr("trigger"));
  EXPECT_EQ(with([](auto& spec) { spec.timing.trigger = 10ms; }), "");
  EXPECT_THAT(with([](auto& spec) { spec.settings.nearer_than_cm = 0; }), HasSubstr("2 to 400"));
  EXPECT_THAT(with([](auto& spec) {
                spec.settings.nearer_than_cm = std::numeric_limits<double>::quiet_NaN();
              }),
              HasSubstr("2 to 400"));
  EXPECT_THAT(with([](auto& spec) { spec.settings.hysteresis_cm = -1; }), HasSubstr("hysteresis"));
  EXPECT_THAT(with([](auto& spec) { spec.settings.temperature_c = -600; }),
              HasSubstr("temperature"));
  EXPECT_THAT(with([](auto& spec) { spec.settings.agreeing_readings = 0; }), HasSubstr("at least"));
}

TEST(ABoardSpec, KeepsPulsesShort) {
  auto spec = example();
  spec.outputs[0].kind = PulseSpec{.length = 0ms};
  EXPECT_THAT(fault_of(spec), HasSubstr("in/barrier"));
}

}  // namespace
}  // namespace parking::hw
