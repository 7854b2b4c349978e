#include "app/gate/lane_config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/gate/config.hpp"

namespace parking::gate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

/// A whole simulated gate whose one lane has these lines added.
std::expected<GateConfig, FaultLines> simulated(const std::string& lane) {
  return parse_gate_config("[board]\nkind = \"simulated\"\n[[lane]]\n" + lane, "f");
}

FaultLines faults(const std::expected<GateConfig, FaultLines>& config) {
  return config ? FaultLines{} : config.error();
}

const std::string fittings =
    "approach = { kind = \"beam\" }\npassage = { kind = \"ultrasonic\" }\n"
    "barrier = { kind = \"pulse\" }\n";

TEST(ALane, OnTheSimulatedBoardNeedsNoLines) {
  const auto config = simulated(fittings);
  ASSERT_TRUE(config);
  const LaneConfig& lane = config->lanes.front();
  EXPECT_EQ(lane.name, "in");
  EXPECT_EQ(lane.direction, core::LaneDirection::entry);
  EXPECT_EQ(std::get<BeamConfig>(lane.approach).line.name, "in.approach");
  EXPECT_EQ(std::get<BeamConfig>(lane.approach).debounce.count(), 50);
  EXPECT_EQ(std::get<UltrasonicConfig>(lane.passage).trigger, "in.passage.trigger");
  EXPECT_EQ(std::get<UltrasonicConfig>(lane.passage).nearer_than_cm, 120);
  EXPECT_EQ(lane.barrier, (BarrierConfig{BarrierKind::pulse, {"in.barrier"}}));
  EXPECT_EQ(lane.pass_window.count(), 10);
  EXPECT_EQ(lane.merge.count(), 800);
  EXPECT_EQ(lane.on_fault, OnFault::closed);
}

TEST(ALane, OnARealBoardNamesTheLineThatIsMissing) {
  EXPECT_THAT(
      faults(parse_gate_config("[[lane]]\n" + fittings, "f")),
      ElementsAre(StartsWith("f:2: lane[1].approach.line: name the line of in.approach"),
                  StartsWith("f:3: lane[1].passage.trigger: name the line of in.passage.trigger"),
                  StartsWith("f:3: lane[1].passage.echo: name the line of in.passage.echo"),
                  StartsWith("f:3: lane[1].passage.nearer_than_cm: say how near"),
                  StartsWith("f:4: lane[1].barrier.line: name the line of in.barrier")));
}

TEST(ALane, OfAnExitIsCalledOutByItself) {
  EXPECT_EQ(simulated("direction = \"exit\"\n" + fittings)->lanes.front().name, "out");
}

TEST(ALane, InBothDirectionsIsNotAvailableYet) {
  EXPECT_THAT(faults(simulated("direction = \"both\"\ninner = { kind = \"beam\" }\n" + fittings)),
              ElementsAre(StartsWith("f:4: lane[1].direction: \"both\" needs a third sensor "
                                     "`inner` and is not available in this version; use")));
}

TEST(ALane, OfOneDirectionHasNoInnerSensor) {
  EXPECT_THAT(faults(simulated("inner = { kind = \"beam\" }\n" + fittings)),
              ElementsAre(HasSubstr("lane[1].inner: only a lane of direction \"both\"")));
}

TEST(ALane, HasANameOfItsOwn) {
  EXPECT_THAT(faults(simulated(fittings + "[[lane]]\n" + fittings)),
              ElementsAre("f:7: lane[2].name: there is a lane \"in\" already; give each its own "
                          "name"));
  EXPECT_THAT(faults(simulated("name = \"The Lane\"\n" + fittings)),
              ElementsAre(StartsWith("f:4: lane[1].name: \"The Lane\" is not a lane's name")));
}

TEST(ALine, HasOneUse) {
  EXPECT_THAT(faults(parse_gate_config(R"([inputs]
fire = { line = "GPIO4" }
[[lane]]
approach = { kind = "beam", line = "GPIO17" }
passage = { kind = "beam", line = "GPIO17" }
barrier = { kind = "hold", line = "GPIO4" }
)",
                                       "f")),
              ElementsAre("f:5: lane[1].passage.line: \"GPIO17\" is the line of in.approach "
                          "already; each line has one use",
                          "f:6: lane[1].barrier.line: \"GPIO4\" is the line of fire already; each "
                          "line has one use"));
}

TEST(ASensor, SaysWhichKindsThereAre) {
  const std::string rest = "passage = { kind = \"beam\" }\nbarrier = { kind = \"hold\" }\n";
  EXPECT_THAT(faults(simulated("approach = { line = \"a\" }\n" + rest)),
              ElementsAre("f:4: lane[1].approach.kind: say which sensor it is: \"beam\" or "
                          "\"ultrasonic\""));
  EXPECT_THAT(faults(simulated("approach = { kind = \"radar\", x = 1 }\n" + rest)),
              ElementsAre("f:4: lane[1].approach.kind: \"radar\" is not one of \"beam\", "
                          "\"ultrasonic\""));
}

TEST(ASensor, HasOnlyTheKeysOfItsKind) {
  EXPECT_THAT(faults(simulated("approach = { kind = \"beam\", echo = \"GPIO1\" }\n"
                               "passage = { kind = \"beam\" }\nbarrier = { kind = \"hold\" }\n")),
              ElementsAre("f:4: lane[1].approach.echo: unknown key; use one of: active, "
                          "debounce_ms, kind, line"));
}

TEST(ABarrier, SaysWhichKindsThereAre) {
  const std::string sensors = "approach = { kind = \"beam\" }\npassage = { kind = \"beam\" }\n";
  EXPECT_THAT(faults(simulated(sensors + "barrier = {}\n")),
              ElementsAre(StartsWith("f:6: lane[1].barrier.kind: say how the barrier is driven")));
  EXPECT_THAT(faults(simulated(sensors + "barrier = { kind = \"hold\", repeat_s = 1 }\n")),
              ElementsAre(StartsWith("f:6: lane[1].barrier.repeat_s: unknown key")));
}

struct Bound {
  const char* within;
  const char* beyond;
};

class EachNumber : public testing::TestWithParam<Bound> {};

TEST_P(EachNumber, HasItsRange) {
  EXPECT_THAT(faults(simulated(GetParam().within)), IsEmpty());
  EXPECT_THAT(faults(simulated(GetParam().beyond)), ElementsAre(HasSubstr("out of range")));
}

#define BEAM "passage = { kind = \"beam\" }\n"
#define HOLD "barrier = { kind = \"hold\" }\n"
#define LANE "approach = { kind = \"beam\" }\n" BEAM HOLD
#define APPROACH(keys) "approach = { " keys " }\n" BEAM HOLD
#define PULSE(keys) \
  "approach = { kind = \"beam\" }\n" BEAM "barrier = { kind = \"pulse\", " keys " }\n"

INSTANTIATE_TEST_SUITE_P(
    OfALane, EachNumber,
    testing::Values(Bound{LANE "pass_window_s = 1", LANE "pass_window_s = 0"},
                    Bound{LANE "pass_window_s = 600", LANE "pass_window_s = 601"},
                    Bound{LANE "merge_ms = 0", LANE "merge_ms = -1"},
                    Bound{LANE "merge_ms = 10000", LANE "merge_ms = 10001"},
                    Bound{LANE "present_limit_s = 10", LANE "present_limit_s = 9"},
                    Bound{APPROACH("kind = \"beam\", debounce_ms = 0"),
                          APPROACH("kind = \"beam\", debounce_ms = -1")},
                    Bound{APPROACH("kind = \"beam\", debounce_ms = 5000"),
                          APPROACH("kind = \"beam\", debounce_ms = 5001")},
                    Bound{APPROACH("kind = \"ultrasonic\", nearer_than_cm = 5"),
                          APPROACH("kind = \"ultrasonic\", nearer_than_cm = 4.9")},
                    Bound{APPROACH("kind = \"ultrasonic\", nearer_than_cm = 400"),
                          APPROACH("kind = \"ultrasonic\", nearer_than_cm = 401")},
                    Bound{APPROACH("kind = \"ultrasonic\", trigger_us = 2"),
                          APPROACH("kind = \"ultrasonic\", trigger_us = 1")},
                    Bound{APPROACH("kind = \"ultrasonic\", temperature_c = -40"),
                          APPROACH("kind = \"ultrasonic\", temperature_c = 61")},
                    Bound{PULSE("milliseconds = 50"), PULSE("milliseconds = 49")},
                    Bound{PULSE("milliseconds = 10000"), PULSE("milliseconds = 10001")},
                    Bound{PULSE("repeat_s = 0"), PULSE("repeat_s = 601")}));

}  // namespace
}  // namespace parking::gate
