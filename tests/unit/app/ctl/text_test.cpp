#include "app/ctl/text.hpp"

#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/app/ctl/samples.hpp"

namespace parking::ctl {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

template <typename Print, typename What>
std::string printed(Print print, const What& what) {
  std::ostringstream out;
  print(what, out);
  return out.str();
}

TEST(Status, SaysForPeopleWhatTheGateKnows) {
  EXPECT_EQ(printed(print_status, sample_gate()),
            "Riverside: 82 free of 120, 37 inside, 1 driving in (0.1 s ago)\n"
            "gate north: in service, 20 permits, at 127.0.0.1:7411, simulated board, version "
            "0.1.0\n"
            "discovery: alive, at 127.0.0.1:7400, heard 0.8 s ago\n"
            "\n"
            "LANE  DIRECTION  STATE  APPROACH  PASSAGE  BARRIER  HELD\n"
            "in    entry      idle   clear     clear    unknown  0\n"
            "\n"
            "PEER   ADDRESS         STATE  HEARD\n"
            "south  127.0.0.1:7412  alive  0.0 s ago\n"
            "\n"
            "ALARM         LANE  SINCE  WHAT TO DO\n"
            "sensor stuck  in    61 s   look at \"approach\"\n");
}

TEST(Status, MentionsWhatIsOutOfTheOrdinary) {
  auto snapshot = sample_gate();
  snapshot.lot.stranded = 3;
  snapshot.lot.capacity_wanted = 100;
  snapshot.lanes[0].state = core::LaneState::refused;
  snapshot.lanes[0].reason = core::RefusalReason::no_permit_reachable;
  const auto text = printed(print_status, snapshot);
  EXPECT_THAT(text, HasSubstr("3 out of reach, capacity going to 100"));
  EXPECT_THAT(text, HasSubstr("refused: no permit reachable"));
}

TEST(Status, TellsThatEntriesAreHeldAndWhoHasLeftSince) {
  auto gate = sample_gate();
  EXPECT_THAT(printed(print_status, gate), Not(HasSubstr("held for a recount")));
  gate.lot.held = true;
  gate.lot.left_since_hold = 3;
  EXPECT_THAT(printed(print_status, gate),
              HasSubstr("ago)\nEntries are held for a recount; 3 cars have left through this gate "
                        "since\ngate north"));
  gate.lot.left_since_hold = 1;
  EXPECT_THAT(printed(print_status, gate), HasSubstr("; 1 car has left through this gate since"));
  auto office = sample_office();
  office.lot.held = true;
  EXPECT_THAT(printed(print_status, office),
              HasSubstr("\nEntries are held for a recount\ncentral service"));
}

TEST(Status, TellsThatEntriesAreHeldBecauseOfAnotherLot) {
  auto gate = sample_gate();
  gate.lot.held = true;
  gate.lot.two_lots = true;
  EXPECT_THAT(printed(print_status, gate),
              HasSubstr("Entries are held because a gate of another lot has asked"));
  EXPECT_THAT(printed(print_status, gate), Not(HasSubstr("for a recount")));
}

TEST(Status, OfTheCentralServiceHasNeitherLanesNorDiscovery) {
  const auto text = printed(print_status, sample_office());
  EXPECT_THAT(text, HasSubstr("central service: in service"));
  EXPECT_THAT(text, Not(HasSubstr("LANE  DIRECTION")));
  EXPECT_THAT(text, Not(HasSubstr("discovery:")));
}

TEST(Status, OfAQuietGateSaysSo) {
  auto snapshot = sample_gate();
  snapshot.peers.clear();
  snapshot.alarms.clear();
  EXPECT_THAT(printed(print_status, snapshot), HasSubstr("\nNo peers.\n\nNo alarms.\n"));
}

TEST(History, StandsInColumns) {
  EXPECT_EQ(printed(print_history, std::vector{sample_event()}),
            "TIME                      EVENT    LANE  INSIDE  FREE  DETAILS\n"
            "2025-11-22T15:04:05.123Z  entered  in    38      81    a car drove in\n");
  EXPECT_EQ(printed(print_history, std::vector<core::Event>{}), "Nothing has happened yet.\n");
}

TEST(History, OfOlderEventsDoesNotSteerTheTerminal) {
  auto event = sample_event();
  event.text = "one\ntwo\x1b[31m";
  const auto text = printed(print_history, std::vector{event});
  EXPECT_THAT(text, HasSubstr("one?two?[31m\n"));
  EXPECT_EQ(std::ranges::count(text, '\n'), 2);
}

TEST(ALineOfWatch, HoldsEverythingThatMoves) {
  auto snapshot = sample_gate();
  snapshot.lanes[0].state = core::LaneState::refused;
  snapshot.lanes[0].reason = core::RefusalReason::lot_full;
  EXPECT_EQ(printed(print_line, snapshot),
            "gate north, in service: 82 free of 120, 37 inside, 1 driving in; in refused (lot "
            "full); alarms: 1\n");
}

TEST(ADuration, IsAsExactAsAnybodyWantsIt) {
  EXPECT_EQ(shown(-1ms), "0 s");
  EXPECT_EQ(shown(0ms), "0.0 s");
  EXPECT_EQ(shown(9'999ms), "9.9 s");
  EXPECT_EQ(shown(10s), "10 s");
  EXPECT_EQ(shown(119s), "119 s");
  EXPECT_EQ(shown(2min), "2 min");
  EXPECT_EQ(shown(2h), "2 h");
  EXPECT_EQ(shown(48h), "2 days");
}

}  // namespace
}  // namespace parking::ctl
