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

core::GateId gate(std::string_view name) {
  return core::GateId::parse(name).value();
}

TEST(TheCommandLine, ChangesTheCapacity) {
  EXPECT_EQ(parsed({"capacity", "120", "--reason", "new deck"}).request,
            wire::LocalRequest(wire::CapacityRequest{120, "new deck"}));
  EXPECT_EQ(parsed({"capacity", "010", "--reason", "ten"}).request,
            wire::LocalRequest(wire::CapacityRequest{10, "ten"}));
  EXPECT_EQ(parsed({"capacity", "0", "--reason", "flood"}).request,
            wire::LocalRequest(wire::CapacityRequest{0, "flood"}));
}

TEST(TheCommandLine, RecountsInThreeSteps) {
  EXPECT_EQ(parsed({"recount", "begin"}).request, wire::LocalRequest(wire::RecountBeginRequest{}));
  EXPECT_EQ(parsed({"recount", "begin", "--reason", "drift"}).request,
            wire::LocalRequest(wire::RecountBeginRequest{"drift"}));
  EXPECT_EQ(parsed({"recount", "37", "--reason", "counted twice"}).request,
            wire::LocalRequest(wire::RecountCountRequest{37, "counted twice"}));
  EXPECT_EQ(parsed({"recount", "0", "--reason", "empty"}).request,
            wire::LocalRequest(wire::RecountCountRequest{0, "empty"}));
  EXPECT_EQ(parsed({"recount", "cancel"}).request,
            wire::LocalRequest(wire::RecountCancelRequest{}));
}

TEST(TheCommandLine, ExplainsTheStepsOfARecount) {
  const Stop stop = stopped({"recount"});
  EXPECT_EQ(stop.exit_code, exit_wrong_usage);
  EXPECT_THAT(stop.text, HasSubstr("three steps: recount begin"));
  EXPECT_THAT(stop.text, HasSubstr("recount N --reason TEXT"));
  EXPECT_THAT(stopped({"recount", "37"}).text, HasSubstr("needs --reason TEXT"));
  EXPECT_THAT(stopped({"recount", "end"}).text, HasSubstr("\"end\" is neither begin nor cancel"));
}

TEST(TheCommandLine, RetiresGatesThatSomebodyVouchesFor) {
  const wire::LocalRequest both = wire::RetireRequest{{gate("north"), gate("south")}, "burnt"};
  EXPECT_EQ(parsed({"retire", "north", "south", "--stopped", "--reason", "burnt"}).request, both);
  EXPECT_EQ(parsed({"retire", "--stopped", "--reason", "burnt", "north", "south"}).request, both);
  Words many{"retire", "--stopped", "--reason", "burnt"};
  for (int number = 0; number <= 64; ++number) many.push_back("g" + std::to_string(number));
  EXPECT_THAT(stopped(many).text, HasSubstr("64 gates at most"));
  const Stop stop = stopped({"retire", "north", "--reason", "burnt"});
  EXPECT_EQ(stop.exit_code, exit_wrong_usage);
  EXPECT_THAT(stop.text, HasSubstr("you vouch that each of these machines is switched off"));
}

TEST(TheCommandLine, ImportsAFileByItsWholeName) {
  EXPECT_EQ(parsed({"import", "/media/card/ledger.db"}).request,
            wire::LocalRequest(wire::ImportRequest{"/media/card/ledger.db", ""}));
  EXPECT_EQ(parsed({"import", "ledger.db", "--reason", "dead"}).request,
            wire::LocalRequest(wire::ImportRequest{
                (std::filesystem::current_path() / "ledger.db").string(), "dead"}));
  EXPECT_EQ(stopped({"import", "/" + std::string(5000, 'x')}).exit_code, exit_wrong_usage);
}

TEST(TheCommandLine, LeavesTakesOverAndRenews) {
  EXPECT_EQ(parsed({"leave"}).request, wire::LocalRequest(wire::LeaveRequest{}));
  EXPECT_EQ(parsed({"leave", "--reason", "closed"}).request,
            wire::LocalRequest(wire::LeaveRequest{"closed"}));
  EXPECT_EQ(parsed({"office", "takeover"}).request, wire::LocalRequest(wire::TakeOverRequest{}));
  EXPECT_EQ(parsed({"office", "takeover", "--reason", "new card", "--json"}).request,
            wire::LocalRequest(wire::TakeOverRequest{"new card"}));
  EXPECT_EQ(parsed({"store", "renew"}).request, wire::LocalRequest(wire::StoreRenewRequest{}));
  EXPECT_EQ(parsed({"store", "renew", "--reason", "disk"}).request,
            wire::LocalRequest(wire::StoreRenewRequest{"disk"}));
}

TEST(TheCommandLine, DismissesALotByItsWholeName) {
  EXPECT_EQ(
      parsed({"office", "dismiss", "00c4f1d2a5b6e7f8", "--reason", "next door"}).request,
      wire::LocalRequest(wire::DismissLotRequest{core::LotId{0x00c4f1d2a5b6e7f8U}, "next door"}));
  for (const char* lot : {"c4f1d2a5b6e7f8", "0000000000000000", "00C4F1D2A5B6E7F8", "south"})
    EXPECT_EQ(stopped({"office", "dismiss", lot, "--reason", "x"}).exit_code, exit_wrong_usage)
        << lot;
  EXPECT_EQ(stopped({"office", "dismiss", "00c4f1d2a5b6e7f8"}).exit_code, exit_wrong_usage);
}

TEST(TheCommandLine, RefusesACommandForTheLotThatIsIncomplete) {
  for (const auto& words : {Words{"capacity"},
                            Words{"capacity", "12"},
                            Words{"capacity", "--reason", "x"},
                            Words{"capacity", "-1", "--reason", "x"},
                            Words{"capacity", "100001", "--reason", "x"},
                            Words{"capacity", "ten", "--reason", "x"},
                            Words{"capacity", "0x10", "--reason", "x"},
                            Words{"capacity", "+5", "--reason", "x"},
                            Words{"capacity", "12", "--reason", ""},
                            Words{"recount", "-1", "--reason", "x"},
                            Words{"recount", "1.5", "--reason", "x"},
                            Words{"recount", "1000001", "--reason", "x"},
                            Words{"recount", "5", "--reason", " "},
                            Words{"retire", "--stopped", "--reason", "x"},
                            Words{"retire", "north", "--stopped"},
                            Words{"retire", "North", "--stopped", "--reason", "x"},
                            Words{"retire", "office", "--stopped", "--reason", "x"},
                            Words{"retire", "a", "a", "--stopped", "--reason", "x"},
                            Words{"import"},
                            Words{"office"},
                            Words{"office", "retire"},
                            Words{"leave", "now"},
                            Words{"leave", "--reason", " "}}) {
    EXPECT_EQ(stopped(words).exit_code, exit_wrong_usage) << testing::PrintToString(words);
    EXPECT_THAT(stopped(words).text, StartsWith("parkingctl: "));
  }
}

TEST(TheCommandLine, RefusesWhatItDoesNotUnderstand) {
  for (const auto& words :
       {Words{}, Words{"dance"}, Words{"status", "now"}, Words{"--colour", "status"},
        Words{"sensor", "in", "approach"}, Words{"sensor", "in", "roof", "on"},
        Words{"sensor", "in", "approach", "maybe"}, Words{"settle", "in", "entered"},
        Words{"settle", "in", "left", "--reason", "x"}, Words{"store"}, Words{"store", "trust"},
        Words{"store", "trust", "--reason", " "}, Words{"history", "--limit", "0"},
        Words{"history", "--limit", "100001"}, Words{"history", "--limit", "many"}}) {
    EXPECT_EQ(stopped(words).exit_code, exit_wrong_usage) << testing::PrintToString(words);
    EXPECT_THAT(stopped(words).text, StartsWith("parkingctl: "));
  }
}

TEST(TheCommandLine, NamesTheWordThatIsNoCommand) {
  EXPECT_EQ(stopped({"frob"}).text, "parkingctl: \"frob\" is no command; see parkingctl --help\n");
  EXPECT_THAT(stopped({"frob", "--json"}).text, HasSubstr("\"frob\" is no command"));
  EXPECT_THAT(stopped({"store", "frob"}).text, HasSubstr("\"store frob\" is no command"));
  EXPECT_THAT(stopped({}).text, HasSubstr("name a command"));
  EXPECT_THAT(stopped({"store"}).text, HasSubstr("store needs a word more: trust or renew"));
  EXPECT_THAT(stopped({"--socket"}).text, HasSubstr("--socket"));
  EXPECT_THAT(stopped({"settle", "in", "entered"}).text, HasSubstr("--reason is required"));
}

TEST(TheCommandLine, SaysWrongUsageInJsonToWhoAsksForJson) {
  EXPECT_EQ(stopped({"frob", "--json"}).json,
            "{\"error\":\"\\\"frob\\\" is no command; see parkingctl --help\"}\n");
  EXPECT_EQ(stopped({"--json", "capacity", "x"}).exit_code, exit_wrong_usage);
  EXPECT_THAT(stopped({"--json", "capacity", "x"}).json, HasSubstr("is no number"));
  EXPECT_EQ(stopped({"frob"}).json, "");
  EXPECT_EQ(stopped({"--help", "--json"}).json, "");
}

TEST(TheCommandLine, RefusesAReasonThatIsNoPlainLine) {
  for (const std::string& reason : {std::string("two\nlines"), std::string("\x1b[2J"),
                                    std::string("caf\xe9"), std::string(201, 'x')}) {
    const Stop stop = stopped({"capacity", "12", "--reason", reason});
    EXPECT_EQ(stop.exit_code, exit_wrong_usage);
    EXPECT_THAT(stop.text, HasSubstr("--reason"));
    EXPECT_EQ(stop.text.find('\x1b'), std::string::npos);
    EXPECT_EQ(stop.text.find('\n'), stop.text.size() - 1) << stop.text;
  }
  EXPECT_THAT(stopped({"capacity", "12", "--reason", std::string(201, 'x')}).text,
              HasSubstr("at most 200"));
  parsed({"capacity", "12", "--reason", std::string(200, 'x')});
}

TEST(TheCommandLine, ExplainsItself) {
  EXPECT_EQ(stopped({"--help"}).exit_code, exit_done);
  EXPECT_THAT(stopped({"--help"}).text, HasSubstr("one object a line"));
  EXPECT_THAT(stopped({"--help"}).text, HasSubstr("/run/parking-gate/gate.sock"));
  EXPECT_THAT(stopped({"sensor", "--help"}).text, HasSubstr("parkingctl sensor"));
}

TEST(TheCommandLine, TellsItsVersion) {
  EXPECT_EQ(stopped({"--version"}).exit_code, exit_done);
  EXPECT_EQ(stopped({"--version"}).text, "parkingctl 9.8.7\n");
}

}  // namespace
}  // namespace parking::ctl
