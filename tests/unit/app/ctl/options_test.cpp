#include "app/ctl/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parking::ctl {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using Words = std::vector<std::string>;

Options parsed(const Words& words) {
  auto options = parse_options(words, "9.8.7");
  if (!options) ADD_FAILURE() << options.error().text;
  return options.value_or(Options{});
}

Stop stopped(const Words& words) {
  auto options = parse_options(words, "9.8.7");
  return options ? Stop{-1, "not stopped"} : options.error();
}

TEST(TheCommandLine, KnowsTheViews) {
  EXPECT_EQ(parsed({"status"}).show, Show::status);
  EXPECT_EQ(parsed({"peers"}).show, Show::peers);
  EXPECT_EQ(parsed({"alarms"}).show, Show::alarms);
  EXPECT_EQ(parsed({"alarms"}).request, wire::LocalRequest(wire::StatusRequest{}));
  EXPECT_EQ(parsed({"watch"}).request, wire::LocalRequest(wire::WatchRequest{}));
  EXPECT_EQ(parsed({"history"}).request, wire::LocalRequest(wire::HistoryRequest{100}));
  EXPECT_EQ(parsed({"history", "--limit", "5"}).request,
            wire::LocalRequest(wire::HistoryRequest{5}));
}

TEST(TheCommandLine, TakesItsOptionsBeforeAndAfterTheCommand) {
  for (const auto& words :
       {Words{"--socket", "/a", "--json", "status"}, Words{"status", "--json", "--socket", "/a"}}) {
    EXPECT_TRUE(parsed(words).json);
    EXPECT_EQ(parsed(words).socket, "/a");
  }
  EXPECT_FALSE(parsed({"status"}).json);
  EXPECT_EQ(parsed({"status"}).socket, std::nullopt);
  EXPECT_TRUE(parsed({"store", "trust", "--reason", "new card", "--json"}).json);
}

TEST(TheCommandLine, SetsSensors) {
  EXPECT_EQ(parsed({"sensor", "in", "approach", "on"}).request,
            wire::LocalRequest(
                wire::SensorRequest{"in", wire::LaneSensor::approach, core::Presence::present}));
  EXPECT_EQ(parsed({"sensor", "in", "passage", "off"}).request,
            wire::LocalRequest(
                wire::SensorRequest{"in", wire::LaneSensor::passage, core::Presence::clear}));
  EXPECT_EQ(parsed({"sensor", "in", "inner", "fault"}).request,
            wire::LocalRequest(
                wire::SensorRequest{"in", wire::LaneSensor::inner, core::Presence::fault}));
}

TEST(TheCommandLine, Settles) {
  EXPECT_EQ(parsed({"settle", "in", "backed_out", "--reason", "seen on camera"}).request,
            wire::LocalRequest(
                wire::SettleRequest{"in", wire::Settlement::backed_out, "seen on camera"}));
  EXPECT_EQ(parsed({"store", "trust", "--reason", "alone"}).request,
            wire::LocalRequest(wire::StoreTrustRequest{"alone"}));
}

TEST(TheCommandLine, RefusesWhatItDoesNotUnderstand) {
  for (const auto& words :
       {Words{}, Words{"dance"}, Words{"status", "now"}, Words{"--colour", "status"},
        Words{"sensor", "in", "approach"}, Words{"sensor", "in", "roof", "on"},
        Words{"sensor", "in", "approach", "maybe"}, Words{"settle", "in", "entered"},
        Words{"settle", "in", "left", "--reason", "x"}, Words{"store"}, Words{"store", "trust"},
        Words{"store", "trust", "--reason", " "}, Words{"history", "--limit", "0"},
        Words{"history", "--limit", "10001"}, Words{"history", "--limit", "many"}}) {
    EXPECT_EQ(stopped(words).exit_code, exit_wrong_usage) << testing::PrintToString(words);
    EXPECT_THAT(stopped(words).text, StartsWith("parkingctl: "));
  }
}

TEST(TheCommandLine, ExplainsItself) {
  EXPECT_EQ(stopped({"--help"}).exit_code, exit_done);
  EXPECT_THAT(stopped({"--help"}).text, HasSubstr("one object a line"));
  EXPECT_THAT(stopped({"sensor", "--help"}).text, HasSubstr("parkingctl sensor"));
}

TEST(TheCommandLine, TellsItsVersion) {
  EXPECT_EQ(stopped({"--version"}).exit_code, exit_done);
  EXPECT_EQ(stopped({"--version"}).text, "parkingctl 9.8.7\n");
}

}  // namespace
}  // namespace parking::ctl
