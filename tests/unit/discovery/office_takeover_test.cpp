// An office that takes over the lot of the one before, and nobody has told it yet what that has.
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "app/peer/discovery_client.hpp"
#include "discovery/office.hpp"

namespace parking::discovery {
namespace {

using core::Duration;
using core::Instant;
using core::LotId;

class AnOfficeThatTakesOver : public testing::Test {
protected:
  /// Why it was refused; empty: accepted.
  std::string step(const core::Input& input, int ms) {
    const Instant now{Duration(ms)};
    core::Effects effects = office.step(input, now);
    hear(effects);
    if (effects.record) hear(effects = office.step(core::Persisted{effects.record->number}, now));
    return effects.refused.value_or("");
  }

  void hear(const core::Effects& effects) {
    for (const core::Send& send : effects.sends)
      if (const auto* order = std::get_if<core::Order>(&send.message)) orders[send.link] = *order;
  }

  /// Gate n comes on link n, and has this copy of the old office's row.
  void join(std::uint64_t gate, const core::Row& old, int ms) {
    const core::RowOwner owner{*core::GateId::parse("g" + std::to_string(gate)), {gate}};
    const core::Row own{.owner = owner};
    const core::LinkId link{gate};
    step(core::LinkUp{link, {}}, ms);
    step(core::Received{link, core::Hello{.to = core::GateId::office(),
                                          .lot = LotId{7},
                                          .row = {own, {}},
                                          .has_entry = true}},
         ms);
    const core::RowMark mark{old.owner.incarnation, old.version, old.tag};
    step(core::Received{link, core::Rows{{{{old, "bytes"}, Duration{0}}}}}, ms);
    for (int tries = 0; tries < 3; ++tries)
      step(core::Received{link, core::OrderDone{.id = orders[link].id,
                                                .row = {own, {}},
                                                .marks = {mark},
                                                .frozen = orders[link].freeze}},
           ms);
  }

  static core::Row old_office(core::Version version) {
    return {.owner = {core::GateId::office(), {7}},
            .version = version,
            .tag = 50 + version,
            .given = {{core::Incarnation{1}, 4}, {core::Incarnation{2}, 3}},
            .office = core::OfficePart{.capacity = 9, .capacity_wanted = 9}};
  }

  [[nodiscard]] core::Version retired_at() const {
    const auto retired = office.retired();
    const auto found = retired.find(core::Incarnation{7});
    return found == retired.end() ? 0 : found->second;
  }

  /// Its text; empty: not raised.
  [[nodiscard]] std::string alarm(const std::string& code) const {
    for (const core::AlarmView& view : office.snapshot(Instant{Duration(10'000)}).alarms)
      if (view.code == code) return view.text;
    return {};
  }

  std::map<core::LinkId, core::Order> orders;

  std::uint64_t random = 0;
  Office office{{.self = {core::GateId::office(), core::Incarnation{100}}, .capacity = 10},
                {.incarnation = core::Incarnation{100}},
                [this] { return ++random; },
                Instant{}};
};

// The screens show 0 spaces, so somebody may want to say how many there are.
TEST_F(AnOfficeThatTakesOver, CreatesNoCapacityBeforeItKnowsTheLot) {
  step(core::Tick{}, 0);
  office.meet_other_lot(LotId{7}, Instant{Duration(500)});
  EXPECT_EQ(step(core::TakeOver{"the card died"}, 1000), "");
  EXPECT_NE(step(core::SetCapacity{10, "the screen says 0"}, 1100).find("takeover"),
            std::string::npos);
  EXPECT_EQ(office.exchange().ledger().totals().capacity, 0);
}

// Somebody has begun a recount, the office's card dies, and he gives the recount up at the new one.
TEST_F(AnOfficeThatTakesOver, IsNotMadeToCreateALotByWhoeverGivesUpARecount) {
  step(core::Tick{}, 0);
  office.meet_other_lot(LotId{7}, Instant{Duration(500)});
  EXPECT_NE(step(core::RecountCancel{"too late today"}, 1000), "");
  step(core::Tick{}, 5000);
  EXPECT_TRUE(office.exchange().lot().empty());
  EXPECT_EQ(step(core::TakeOver{"the card died"}, 6000), "");
}

TEST_F(AnOfficeThatTakesOver, CreatesItsLotOnceEveryOtherOneIsDismissedByName) {
  step(core::Tick{}, 0);
  office.meet_other_lot(LotId{7}, Instant{Duration(500)});
  office.meet_other_lot(LotId{8}, Instant{Duration(600)});
  EXPECT_NE(step(core::DismissLot{LotId{9}, "next door"}, 1000), "");
  EXPECT_EQ(step(core::DismissLot{LotId{8}, "next door"}, 1000), "");
  step(core::Tick{}, 5000);
  EXPECT_TRUE(office.exchange().lot().empty());
  EXPECT_EQ(alarm("other_lot").find(to_string(LotId{8})), std::string::npos);
  EXPECT_NE(alarm("other_lot").find("office dismiss " + to_string(LotId{7})), std::string::npos);
  EXPECT_EQ(step(core::DismissLot{LotId{7}, "next door, too"}, 6000), "");
  EXPECT_EQ(alarm("other_lot"), "");
  EXPECT_EQ(office.exchange().lot(), LotId{100});
  office.meet_other_lot(LotId{7}, Instant{Duration(7000)});
  EXPECT_EQ(alarm("other_lot"), "");
}

TEST_F(AnOfficeThatTakesOver, HoldsTheEntriesOfTwoLotsThoughARecountIsGivenUp) {
  step(core::Tick{}, 0);
  step(core::Tick{}, 3000);
  ASSERT_EQ(office.exchange().lot(), LotId{100});
  EXPECT_EQ(step(core::RecountBegin{"the sign is wrong"}, 4000), "");
  office.meet_other_lot(LotId{7}, Instant{Duration(5000)});
  EXPECT_EQ(step(core::RecountCancel{"too late today"}, 6000), "");
  EXPECT_TRUE(office.snapshot(Instant{Duration(6000)}).lot.held);
  EXPECT_EQ(step(core::DismissLot{LotId{7}, "next door"}, 7000), "");
  EXPECT_FALSE(office.snapshot(Instant{Duration(7000)}).lot.held);
}

// A gate of another lot dials whomever it knows, besides.
TEST_F(AnOfficeThatTakesOver, SaysWhatToDoThoughAGateOfTheOtherLotCalls) {
  step(core::Tick{}, 0);
  step(core::Tick{}, 3000);
  office.meet_other_lot(LotId{7}, Instant{Duration(4000)});
  const core::Row own{.owner = {*core::GateId::parse("g1"), {1}}};
  step(core::LinkUp{core::LinkId{1}, {}}, 5000);
  step(core::Received{core::LinkId{1}, core::Hello{.to = core::GateId::office(),
                                                   .lot = LotId{7},
                                                   .row = {own, {}},
                                                   .has_entry = true}},
       5000);
  EXPECT_NE(alarm("other_lot").find("parkingctl office dismiss"), std::string::npos);
}

// Permits came from the row of the office that was lost, and only the gate that got them knows. It
// was out of reach, and no other one had ever heard of it.
TEST_F(AnOfficeThatTakesOver, FollowsAGateThatKnowsMoreOfTheOfficeBefore) {
  step(core::Tick{}, 0);
  office.meet_other_lot(LotId{7}, Instant{Duration(500)});
  EXPECT_EQ(step(core::TakeOver{"the card died"}, 1000), "");
  core::Row before = old_office(2);
  before.given.erase(core::Incarnation{2});
  join(1, before, 2000);
  ASSERT_EQ(retired_at(), 2U);
  join(2, old_office(3), 9000);
  EXPECT_EQ(retired_at(), 3U);
  EXPECT_EQ(office.exchange().ledger().permits(core::Incarnation{2}), 3);
}

// Gates try all the time while the office's card is replaced, and each try may take a while.
TEST(AnOfficeWithAnEmptyStore, ListensUntilEveryGateInReachHasTriedOnce) {
  EXPECT_LE(2 * peer::DiscoverySettings{}.backoff.longest, Office::listen_before_creating);
}

}  // namespace
}  // namespace parking::discovery
