// Gates that leave, are retired, come back or are imported; an office that lost its store.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/operated_lot.hpp"

namespace parking::integration {
namespace {

namespace fs = std::filesystem;
using core::Count;
using core::GateState;
using core::LinkState;
using core::Snapshot;
using test_support::eventually;
using testing::HasSubstr;

class AGateOfTheLot : public AnOperatedLot {
protected:
  bool south_shows(Count inside, Count free, Count stranded) {
    return eventually(patience, [=, this] {
      const auto lot = south.status().lot;
      return lot.inside == inside && lot.free == free && lot.stranded == stranded;
    });
  }

  bool south_sees_north(LinkState state) {
    return eventually(patience, [=, this] {
      for (const auto& peer : south.status().peers)
        if (peer.id == "north") return peer.state == state;
      return false;
    });
  }

  bool is(Gate& gate, GateState state) {
    return eventually(patience, [&] { return gate.status().gate.state == state; });
  }

  /// One car inside that came through north; both hold permits; north is dead.
  void lose_north() {
    ASSERT_TRUE(north.driver.drive_in());
    ASSERT_TRUE(park.all_show(1, 5));
    before = north.status().gate;
    ASSERT_GT(before.permits, 0);
    north.program.kill();
    ASSERT_TRUE(south_sees_north(LinkState::gone));
  }

  core::GateView before;
};

TEST_F(AGateOfTheLot, IsRetiredAndItsPermitsReturnWithTheRecount) {
  ASSERT_NO_FATAL_FAILURE(lose_north());
  const auto outcome = centre.run({"retire", "north", "--stopped", "--reason", "a lorry"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.errors;
  EXPECT_TRUE(south_sees_north(LinkState::retired)) << park.figures();
  EXPECT_TRUE(south_shows(1, 5 - before.permits, before.permits)) << park.figures();
  ASSERT_TRUE(recount(1)) << park.figures();
  EXPECT_TRUE(south_shows(1, 5, 0)) << park.figures();

  north.program.start();
  EXPECT_TRUE(is(north, GateState::retired)) << park.figures();
  EXPECT_TRUE(north.driver.drive_out()) << "exits are opened all the same";
  ASSERT_EQ(at_north.run({"store", "renew", "--reason", "repaired"}).exit_code, 0);
  EXPECT_TRUE(is(north, GateState::in_service)) << park.figures();
  EXPECT_NE(north.status().gate.incarnation, before.incarnation);
  EXPECT_TRUE(north.driver.drive_in()) << park.figures();
}

TEST_F(AGateOfTheLot, IsNotRetiredWhileItRuns) {
  const auto outcome = centre.run({"retire", "north", "--stopped", "--reason", "r"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.errors, HasSubstr("gate \"north\" is running"));
  const auto unknown = centre.run({"retire", "west", "--stopped", "--reason", "r"});
  EXPECT_EQ(unknown.exit_code, 1);
  EXPECT_THAT(unknown.errors, HasSubstr("no gate \"west\" is in the lot"));
}

TEST_F(AGateOfTheLot, LeavesWithoutATrace) {
  ASSERT_TRUE(north.driver.drive_in());
  ASSERT_TRUE(park.all_show(1, 5));
  const auto outcome = at_north.run({"leave", "--reason", "closed for good"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.errors;
  EXPECT_THAT(outcome.output, HasSubstr("shows it as left or retired"));
  EXPECT_TRUE(eventually(patience, [&] {
    const GateState state = north.status().gate.state;
    return state == GateState::left || state == GateState::retired;
  })) << park.figures();
  ASSERT_EQ(north.program.stop(), 0);
  EXPECT_TRUE(south_shows(1, 5, 0)) << park.figures();
  for (int car = 0; car < 5; ++car) EXPECT_TRUE(south.driver.drive_in()) << park.figures();
  EXPECT_TRUE(south_shows(6, 0, 0)) << park.figures();
}

TEST_F(AGateOfTheLot, IsImportedFromItsCardAndItsPermitsReturnAtOnce) {
  ASSERT_NO_FATAL_FAILURE(lose_north());
  const auto store = north.configuration.state() / "ledger.db";
  const auto outcome = centre.run({"import", store.string(), "--reason", "its card is whole"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.errors;
  EXPECT_TRUE(south_shows(1, 5, 0)) << park.figures();
  EXPECT_TRUE(tells(park.central().link(), "imported"));
  EXPECT_FALSE(fs::exists(park.folder() / "central" / "state" / "import"));
}

TEST_F(AGateOfTheLot, IsNotImportedWhileItRuns) {
  const auto outcome = centre.run({"import", (north.configuration.state() / "ledger.db").string()});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.errors, HasSubstr("in use by another program"));
  EXPECT_TRUE(north.driver.drive_in());
  EXPECT_TRUE(park.all_show(1, 5));
}

TEST_F(AGateOfTheLot, RenewsItsStoreWhenTheOperatorWantsAnother) {
  before = north.status().gate;
  const auto outcome = at_north.run({"store", "renew", "--reason", "the disk failed"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.errors;
  EXPECT_THAT(outcome.output, HasSubstr("comes back with the next recount"));
  ASSERT_TRUE(park.is_whole()) << park.figures();
  EXPECT_NE(north.status().gate.incarnation, before.incarnation);
  EXPECT_TRUE(has_alarm(north.status(), "store_replaced"));
  EXPECT_TRUE(fs::exists(north.configuration.state() / "ledger.db.set-aside-1"));
  EXPECT_TRUE(south_shows(0, spaces - before.permits, before.permits)) << park.figures();
  ASSERT_TRUE(recount(0)) << park.figures();
  EXPECT_TRUE(park.all_show(0, spaces)) << park.figures();
}

TEST_F(AGateOfTheLot, SaysWhereToAskForWhatItCannotDo) {
  const auto at_gate = at_north.run({"capacity", "9", "--reason", "r"});
  EXPECT_EQ(at_gate.exit_code, 1);
  EXPECT_THAT(at_gate.errors, HasSubstr("on the central Pi"));
  const auto at_centre = centre.run({"leave"});
  EXPECT_EQ(at_centre.exit_code, 1);
  EXPECT_THAT(at_centre.errors, HasSubstr("on the gate's Pi"));
}

TEST_F(AGateOfTheLot, TellsItsWholeHistoryPageByPage) {
  constexpr int many = 400;
  const std::string reason(190, 'x');
  for (int i = 0; i < many; ++i)
    ASSERT_TRUE(north.program.link().ask(wire::EntriesRequest{true, reason + std::to_string(i)}));
  const auto one_answer = north.program.link().ask(wire::HistoryRequest{.limit = many});
  ASSERT_TRUE(one_answer);
  ASSERT_LT(one_answer->events.size(), many);
  const auto events = at_north.json_lines({"history", "--limit", std::to_string(many)});
  ASSERT_EQ(events.size(), many);
  EXPECT_EQ(test_support::at(events.front(), "/text"), (reason + "0").c_str());
  EXPECT_EQ(test_support::at(events.back(), "/text"), (reason + std::to_string(many - 1)).c_str());
}

class AnOfficeThatLostItsStore : public AnOperatedLot {};

TEST_F(AnOfficeThatLostItsStore, TakesTheLotOver) {
  ASSERT_TRUE(north.driver.drive_in());
  ASSERT_TRUE(park.all_show(1, 5));
  const auto early = centre.run({"office", "takeover"});
  EXPECT_EQ(early.exit_code, 1);
  park.central().kill();
  fs::remove_all(park.folder() / "central" / "state");
  park.central().start();
  ASSERT_TRUE(taken(centre, {"office", "takeover", "--reason", "the card died"}));
  EXPECT_TRUE(everybody([](const Snapshot& status) {
    return status.lot.capacity == spaces && status.lot.inside == 1 && status.alarms.empty();
  })) << park.figures();
  ASSERT_TRUE(taken(centre, {"capacity", "8", "--reason", "two more"}));
  EXPECT_TRUE(everybody([](const Snapshot& status) {
    return status.lot.capacity == 8 && status.lot.inside == 1;
  })) << park.figures();
}

TEST_F(AnOfficeThatLostItsStore, StaysUpAndSaysWhatToDoWhenAnOldCopyIsPutBack) {
  const fs::path state = park.folder() / "central" / "state";
  const fs::path copy = park.folder() / "copy";
  ASSERT_EQ(park.central().stop(), 0);
  fs::copy(state, copy, fs::copy_options::recursive);
  park.central().start();
  ASSERT_TRUE(taken(centre, {"capacity", "7", "--reason", "one more"}));
  ASSERT_TRUE(everybody([](const Snapshot& status) { return status.lot.capacity == 7; }));
  park.central().kill();
  fs::remove_all(state);
  fs::copy(copy, state, fs::copy_options::recursive);
  park.central().start();
  EXPECT_TRUE(eventually(patience, [&] {
    return centre.run({"alarms"}).output.find("parkingctl office takeover") != std::string::npos;
  })) << park.figures();
  EXPECT_TRUE(north.driver.drive_in());
  EXPECT_TRUE(park.central().running());
  ASSERT_EQ(park.central().stop(), 0);
  fs::remove_all(state);
  park.central().start();
  ASSERT_TRUE(taken(centre, {"office", "takeover", "--reason", "an old copy"}));
  EXPECT_TRUE(everybody([](const Snapshot& status) {
    return status.lot.capacity == 7 && status.lot.inside == 1;
  })) << park.figures();
}

}  // namespace
}  // namespace parking::integration
