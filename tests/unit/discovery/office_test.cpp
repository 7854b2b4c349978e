#include "discovery/office.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parking::discovery {
namespace {

using core::Count;
using core::Duration;
using core::GateId;
using core::Incarnation;
using core::Instant;
using core::LinkId;
using core::LotId;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::Not;

constexpr Incarnation office_life{100};
constexpr LotId lot{100};

Instant at(int ms) {
  return Instant(Duration(ms));
}

/// An office whose disk is quick, and the gates that talk to it; gate n has incarnation n, link n.
class AnOffice : public testing::Test {
protected:
  void open(const core::Remembered& remembered = {.incarnation = office_life},
            Count capacity = 10) {
    office.emplace(
        Office::Settings{
            .self = {GateId::office(), office_life}, .capacity = capacity, .lot_name = "Riverside"},
        remembered, [this] { return ++random; }, at(0));
  }

  core::Effects step(const core::Input& input, int ms) {
    core::Effects effects = office->step(input, at(ms));
    if (effects.record) {
      if (effects.record->own) written.push_back(*effects.record->own);
      last_record = effects.record->number;
      if (disk_works) office->step(core::Persisted{last_record}, at(ms));
    }
    return effects;
  }

  static core::Row row_of(std::uint64_t gate) {
    return {.owner = {GateId::parse("g" + std::to_string(gate)).value(), {gate}}};
  }

  core::Effects join(std::uint64_t gate, int ms, bool has_entry = true,
                     std::vector<core::RowMark> known = {}) {
    step(core::LinkUp{LinkId{gate}, {}}, ms);
    core::Effects effects = step(core::Received{LinkId{gate}, core::Hello{.to = GateId::office(),
                                                                          .lot = lot,
                                                                          .row = {row_of(gate), {}},
                                                                          .known = std::move(known),
                                                                          .has_entry = has_entry}},
                                 ms);
    // It takes the answer.
    if (effects.closes.empty()) step(core::Received{LinkId{gate}, core::Digest{}}, ms);
    return effects;
  }

  void ask(std::uint64_t gate, Count wanted, int ms) {
    step(core::Received{LinkId{gate},
                        core::Inquiry{.id = 1, .wanted = wanted, .row = {row_of(gate), {}}}},
         ms);
  }

  void keep_alive(std::uint64_t gate, int ms) {
    step(core::Received{LinkId{gate}, core::Pulse{{{gate}, 0, 0}}}, ms);
  }

  /// As it stands on the disk.
  [[nodiscard]] core::FlatMap<Incarnation, Count> given() const {
    return written.empty() ? core::FlatMap<Incarnation, Count>{} : written.back().given;
  }
  [[nodiscard]] std::vector<std::string> alarms(int ms = 0) const {
    std::vector<std::string> codes;
    for (const core::AlarmView& alarm : office->snapshot(at(ms)).alarms)
      codes.push_back(alarm.code);
    return codes;
  }
  [[nodiscard]] Count capacity() const { return office->exchange().ledger().totals().capacity; }

  /// A store in which the lot stands with 10 spaces and these gates are listed.
  static core::Remembered store(const std::vector<std::uint64_t>& gates) {
    core::Remembered remembered{.incarnation = office_life};
    remembered.own = core::Row{.owner = {GateId::office(), office_life},
                               .version = 1,
                               .tag = 5,
                               .office = core::OfficePart{.capacity = 10, .capacity_wanted = 10}};
    remembered.past_tags = {5};
    remembered.lot = lot;
    remembered.peers = core::PeerList{.lot = lot, .revision = 3, .lease = Duration{15'000}};
    for (const std::uint64_t gate : gates)
      remembered.peers->peers.push_back(
          {.owner = row_of(gate).owner, .address = "127.0.0.1:1", .has_entry = true});
    return remembered;
  }

  std::optional<Office> office;
  std::uint64_t random = 0;
  bool disk_works = true;
  core::RecordNumber last_record = 0;
  std::vector<core::Row> written;
};

TEST_F(AnOffice, ListensTwoSecondsBeforeItCreatesTheLot) {
  open();
  step(core::Tick{}, 0);
  step(core::Tick{}, 1999);
  EXPECT_TRUE(office->lot().empty());
  EXPECT_EQ(office->next_wake(at(1999)), at(2000));
  step(core::Tick{}, 2000);
  EXPECT_EQ(office->lot(), lot);
  EXPECT_EQ(capacity(), 10);
}

TEST_F(AnOffice, CreatesTheLotOnce) {
  open();
  for (int ms = 2000; ms <= 20'000; ms += 500) step(core::Tick{}, ms);
  ASSERT_EQ(written.size(), 1U);
  EXPECT_EQ(written[0].office->capacity, 10);
}

TEST_F(AnOffice, NamesTheLotOnlyWhenItIsDurable) {
  open();
  disk_works = false;
  step(core::Tick{}, 2000);
  EXPECT_FALSE(office->exchange().lot_ready());
  EXPECT_TRUE(step(core::Persisted{last_record}, 2001).peers_changed);
  EXPECT_TRUE(office->exchange().lot_ready());
}

TEST_F(AnOffice, CreatesNothingWhenItHasMetAGateOfAnotherLot) {
  open();
  office->meet_other_lot(LotId{7}, at(1000));
  for (int ms = 1000; ms <= 10'000; ms += 500) step(core::Tick{}, ms);
  EXPECT_TRUE(office->lot().empty());
  EXPECT_THAT(written, IsEmpty());
  EXPECT_THAT(alarms(), Contains("other_lot"));
}

TEST_F(AnOffice, DoesNotSpinWhileItMayNotCreateTheLot) {
  open();
  office->meet_other_lot(LotId{7}, at(1000));
  step(core::Tick{}, 10'000);
  EXPECT_GT(office->next_wake(at(10'000)), at(10'000));
}

TEST_F(AnOffice, GivesNothingAnyMoreWhenAGateOfAnotherLotTurnsUp) {
  open();
  step(core::Tick{}, 2000);
  join(1, 3000);
  office->meet_other_lot(LotId{7}, at(3100));
  ask(1, 2, 3200);
  step(core::Tick{}, 6000);
  EXPECT_THAT(given(), IsEmpty());
}

TEST_F(AnOffice, CreatesNothingOnABrokenDiskAndDoesWhenItWorksAgain) {
  open();
  step(core::StoreFailed{"the disk is full"}, 100);
  step(core::Tick{}, 3000);
  EXPECT_TRUE(office->lot().empty());
  EXPECT_THAT(alarms(), ElementsAre("disk"));
  EXPECT_EQ(office->snapshot(at(3000)).gate.state, core::GateState::admissions_stopped);
  step(core::StoreRecovered{}, 4000);
  EXPECT_EQ(office->lot(), lot);
  EXPECT_THAT(alarms(), IsEmpty());
}

TEST_F(AnOffice, GivesNothingWhileItsDiskIsBroken) {
  open();
  step(core::Tick{}, 2000);
  join(1, 3000);
  step(core::StoreFailed{"io"}, 3001);
  ask(1, 2, 3002);
  EXPECT_THAT(given(), IsEmpty());
  step(core::StoreRecovered{}, 3003);
  EXPECT_GE(given()[{1}], 2);
}

TEST_F(AnOffice, HandsItsPermitsOutEvenlyWhenNobodyHasComeForTwoSeconds) {
  open();
  step(core::Tick{}, 2000);
  join(1, 3000);
  join(2, 4000);
  join(3, 4500);
  step(core::Tick{}, 6499);
  EXPECT_THAT(given(), IsEmpty());
  EXPECT_LE(office->next_wake(at(6499)), at(6500));
  step(core::Tick{}, 6500);
  EXPECT_EQ(given(), (core::FlatMap<Incarnation, Count>{{{1}, 4}, {{2}, 3}, {{3}, 3}}));
  EXPECT_EQ(office->exchange().permits(), 0);
}

TEST_F(AnOffice, GivesNothingToAGateThatOnlyLetsOut) {
  open();
  step(core::Tick{}, 2000);
  join(1, 3000);
  join(2, 3000, false);
  step(core::Tick{}, 5000);
  EXPECT_EQ(given(), (core::FlatMap<Incarnation, Count>{{{1}, 10}}));
}

TEST_F(AnOffice, KeepsItsPermitsUntilSomebodyIsThere) {
  open();
  for (int ms = 2000; ms <= 10'000; ms += 500) step(core::Tick{}, ms);
  EXPECT_EQ(office->exchange().permits(), 10);
}

TEST_F(AnOffice, AnswersDemandAtOnce) {
  open();
  step(core::Tick{}, 2000);
  join(1, 3000);
  ask(1, 2, 3001);
  EXPECT_GE(given()[{1}], 2);
}

TEST_F(AnOffice, NeverGivesMoreThanItHas) {
  open();
  step(core::Tick{}, 2000);
  join(1, 3000);
  ask(1, 1'000'000, 3001);
  join(2, 3002);
  ask(2, 5, 3003);
  EXPECT_EQ(given(), (core::FlatMap<Incarnation, Count>{{{1}, 10}}));
}

TEST_F(AnOffice, ShowsAGiftOnlyWhenItIsDurable) {
  open();
  step(core::Tick{}, 2000);
  join(1, 3000);
  disk_works = false;
  const core::Effects asked = office->step(
      core::Received{LinkId{1}, core::Inquiry{.id = 1, .wanted = 2, .row = {row_of(1), {}}}},
      at(3001));
  ASSERT_TRUE(asked.record && asked.record->own);
  const auto has_gift = [](const core::Send& send) {
    const auto* reply = std::get_if<core::Reply>(&send.message);
    return reply != nullptr && !reply->row.row.given.empty();
  };
  EXPECT_FALSE(std::ranges::any_of(asked.sends, has_gift));
  const core::Effects durable = office->step(core::Persisted{asked.record->number}, at(3010));
  EXPECT_TRUE(std::ranges::any_of(durable.sends, has_gift));
}

TEST_F(AnOffice, DoesNotCreateTheLotAgainAfterARestart) {
  open(store({}));
  for (int ms = 0; ms <= 10'000; ms += 500) step(core::Tick{}, ms);
  EXPECT_THAT(written, IsEmpty());
  EXPECT_EQ(capacity(), 10);
}

TEST_F(AnOffice, GivesNothingAfterARestartUntilEveryListedGateHasSpoken) {
  open(store({1, 2}));
  join(1, 1000);
  ask(1, 2, 1001);
  for (int ms = 1500; ms <= 60'000; ms += 500) {
    keep_alive(1, ms);
    step(core::Tick{}, ms);
  }
  EXPECT_THAT(given(), IsEmpty());
  EXPECT_EQ(office->snapshot(at(60'000)).gate.state, core::GateState::joining);
  join(2, 61'000);
  step(core::Tick{}, 63'000);
  EXPECT_EQ(given(), (core::FlatMap<Incarnation, Count>{{{1}, 5}, {{2}, 5}}));
}

TEST_F(AnOffice, EndsWhenAGateKnowsALaterVersionOfItsRow) {
  open(store({1}));
  const core::Effects effects = join(1, 1000, true, {{office_life, 2, 77}});
  EXPECT_TRUE(effects.identity_ended);
  step(core::Tick{}, 5000);
  EXPECT_THAT(alarms(), Contains("store_ended"));
  EXPECT_THAT(given(), IsEmpty());
}

TEST_F(AnOffice, RaisesAnAlarmWhenTheConfigurationSaysAnotherCapacity) {
  open(store({}), 12);
  for (int ms = 0; ms <= 5'000; ms += 500) step(core::Tick{}, ms);
  EXPECT_THAT(alarms(), ElementsAre("capacity_differs"));
  EXPECT_THAT(office->snapshot(at(0)).alarms.front().text,
              testing::HasSubstr("the lot has 10 spaces, the configuration says 12"));
  EXPECT_EQ(capacity(), 10);
  EXPECT_THAT(written, IsEmpty());
}

TEST_F(AnOffice, IsContentWhenTheConfigurationSaysTheSame) {
  open(store({}), 10);
  EXPECT_THAT(alarms(), Not(Contains("capacity_differs")));
}

TEST_F(AnOffice, HasNoLanes) {
  open();
  EXPECT_TRUE(step(core::SensorChanged{}, 1).refused);
  EXPECT_TRUE(step(core::Settle{}, 1).refused);
  EXPECT_FALSE(step(core::Tick{}, 1).refused);
}

}  // namespace
}  // namespace parking::discovery
