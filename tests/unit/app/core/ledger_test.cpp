#include "app/core/ledger.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace parking::core {
namespace {

constexpr Incarnation office{100};
constexpr Incarnation north{1};
constexpr Incarnation south{2};

Row row(Incarnation incarnation, Version version, Tag tag) {
  return {.owner = {*GateId::parse("g" + std::to_string(incarnation.value)), incarnation},
          .version = version,
          .tag = tag};
}

Row office_row(Count capacity) {
  Row r = row(office, 1, 1);
  r.owner.gate = GateId::office();
  r.office = OfficePart{.capacity = capacity, .capacity_wanted = capacity};
  return r;
}

TEST(Ledger, TakesTheHigherVersionWhole) {
  Ledger ledger;
  Row first = row(north, 1, 11);
  Row second = row(north, 2, 12);
  second.left = 1;
  EXPECT_EQ(ledger.merge({first, "a"}), Merge::newer);
  EXPECT_EQ(ledger.merge({second, "b"}), Merge::newer);
  EXPECT_EQ(ledger.merge({second, "b"}), Merge::same);
  EXPECT_EQ(ledger.merge({first, "a"}), Merge::older);
  EXPECT_EQ(ledger.find(north)->row, second);
  EXPECT_EQ(ledger.find(north)->bytes, "b");
}

TEST(Ledger, NoticesAnotherTagOfTheSameVersion) {
  Ledger ledger;
  ledger.merge({row(north, 3, 11), {}});
  EXPECT_EQ(ledger.merge({row(north, 3, 12), {}}), Merge::clash);
  EXPECT_EQ(ledger.mark(north).tag, 11U);
}

TEST(Ledger, NoticesAHigherVersionWithASmallerCounter) {
  const auto bigger = [](auto change) {
    Row r = row(north, 1, 1);
    change(r);
    return r;
  };
  const std::vector<Row> grown{
      bigger([](Row& r) { r.admitted = 1; }),     bigger([](Row& r) { r.entered = 1; }),
      bigger([](Row& r) { r.backed_out = 1; }),   bigger([](Row& r) { r.unadmitted = 1; }),
      bigger([](Row& r) { r.left = 1; }),         bigger([](Row& r) { r.given[south] = 1; }),
      bigger([](Row& r) { r.final_row = true; }),
  };
  for (const Row& before : grown) {
    Ledger ledger;
    ledger.merge({before, {}});
    EXPECT_EQ(ledger.merge({row(north, 2, 2), {}}), Merge::clash);
    EXPECT_EQ(ledger.find(north)->row, before);
  }
}

TEST(Ledger, AcceptsNoLaterVersionOfAFrozenRow) {
  Ledger ledger;
  ledger.merge({row(north, 1, 1), {}});
  ledger.freeze(north);
  EXPECT_EQ(ledger.merge({row(north, 2, 2), {}}), Merge::frozen);
  EXPECT_EQ(ledger.mark(north).version, 1U);
}

TEST(Ledger, LearnsARowThatWasFrozenBeforeItWasSeenOnlyOnceItIsRetired) {
  Ledger ledger;
  ledger.freeze(north);
  EXPECT_EQ(ledger.merge({row(north, 1, 1), {}}), Merge::frozen);
  Row retiring{.owner = {GateId::office(), Incarnation{100}}, .version = 1};
  retiring.office = OfficePart{.retired = {{north, 2}}};
  ledger.merge({retiring, {}});
  EXPECT_EQ(ledger.merge({row(north, 2, 2), {}}), Merge::newer);
  EXPECT_EQ(ledger.merge({row(north, 3, 3), {}}), Merge::frozen);
}

// A copied card: gates have heard of either history, and an office has retired the row at one.
TEST(Ledger, TakesTheHistoryAtWhichARowWasRetired) {
  Row retiring{.owner = {GateId::office(), Incarnation{100}}, .version = 1};
  retiring.office = OfficePart{.retired = {{north, 3}}};
  Row lower = row(north, 2, 22);
  lower.admitted = 2;
  Ledger ledger;
  ledger.merge({lower, {}});
  EXPECT_EQ(ledger.merge({row(north, 3, 3), {}}), Merge::clash);
  ledger.merge({retiring, {}});
  EXPECT_EQ(ledger.merge({row(north, 3, 3), {}}), Merge::newer);
  EXPECT_EQ(ledger.mark(north), (RowMark{north, 3, 3}));
}

class ARowOfWhichTheOtherHistoryWentFurther : public testing::TestWithParam<bool> {
protected:
  ARowOfWhichTheOtherHistoryWentFurther() {
    central_.office->retired[north] = 3;
    further_.left = 2;
    further_.given[south] = 1;
    if (GetParam()) ledger_.collect_frozen();
  }
  Row central_ = office_row(5);
  Row further_ = row(north, 5, 55);
  Ledger ledger_;
};

TEST_P(ARowOfWhichTheOtherHistoryWentFurther, IsTakenAsItWasRetired) {
  ledger_.merge({further_, {}});
  ledger_.merge({central_, {}});
  EXPECT_EQ(ledger_.merge({row(north, 3, 3), {}}), Merge::newer);
  EXPECT_EQ(ledger_.mark(north), (RowMark{north, 3, 3}));
  EXPECT_EQ(ledger_.permits(south), 0);
}

// A card was copied, and whoever had the history at which the row was retired has lost its store.
TEST_P(ARowOfWhichTheOtherHistoryWentFurther, CountsForNothingWhicheverComesFirst) {
  ledger_.merge({further_, {}});
  ledger_.merge({central_, {}});
  Ledger met_the_office_first;
  met_the_office_first.merge({central_, {}});
  EXPECT_EQ(met_the_office_first.merge({further_, {}}), Merge::frozen);
  for (const Ledger* ledger : {&ledger_, &met_the_office_first}) {
    EXPECT_EQ(ledger->mark(north).version, 0U);
    EXPECT_EQ(ledger->permits(south), 0);
    EXPECT_EQ(ledger->totals(), (Totals{.capacity = 5, .capacity_wanted = 5, .free = 5}));
  }
}

// A gate that was retired has come back, and somebody has heard its last row before the office: the
// office takes it until the row is closed.
TEST_P(ARowOfWhichTheOtherHistoryWentFurther, StaysWhereItIsTheLastUntilItIsClosed) {
  further_.final_row = true;
  ledger_.merge({further_, {}});
  ledger_.merge({central_, {}});
  EXPECT_EQ(ledger_.mark(north).version, 5U);
  ++central_.version;
  central_.office->reclaimed[north] = 0;
  ledger_.merge({central_, {}});
  EXPECT_EQ(ledger_.mark(north).version, 0U);
}

INSTANTIATE_TEST_SUITE_P(AtAGateAndAtALaterOffice, ARowOfWhichTheOtherHistoryWentFurther,
                         testing::Bool());

class ARowRetiredBeforeAnybodyHadIt : public testing::Test {
protected:
  ARowRetiredBeforeAnybodyHadIt() {
    central_.office->retired[north] = 0;
    late_.left = 1;
    late_.final_row = true;
    late_.given[south] = 1;
  }
  Row central_ = office_row(5);
  Row late_ = row(north, 1, 1);
};

TEST_F(ARowRetiredBeforeAnybodyHadIt, CountsForNothingWhicheverComesFirst) {
  Ledger met_it_first;
  met_it_first.merge({late_, {}});
  ASSERT_EQ(met_it_first.totals().inside, -1);
  met_it_first.merge({central_, {}});
  Ledger met_the_office_first;
  met_the_office_first.merge({central_, {}});
  EXPECT_EQ(met_the_office_first.merge({late_, {}}), Merge::frozen);
  for (Ledger* ledger : {&met_it_first, &met_the_office_first}) {
    EXPECT_EQ(ledger->mark(north).version, 0U);
    EXPECT_EQ(ledger->permits(north), 0);
    EXPECT_EQ(ledger->permits(south), 0);
    EXPECT_EQ(ledger->totals(), (Totals{.capacity = 5, .capacity_wanted = 5, .free = 5}));
    EXPECT_EQ(ledger->merge({late_, {}}), Merge::frozen);
  }
}

TEST_F(ARowRetiredBeforeAnybodyHadIt, IsTakenOnceTheOfficeHasRaisedItsLastVersion) {
  Ledger ledger;
  ledger.merge({late_, {}});
  ledger.merge({central_, {}});
  ++central_.version;
  central_.office->retired[north] = 1;
  ledger.merge({central_, {}});
  EXPECT_EQ(ledger.merge({late_, {}}), Merge::newer);
  EXPECT_EQ(ledger.totals().inside, -1);
}

TEST_F(ARowRetiredBeforeAnybodyHadIt, StaysWithItsOwner) {
  Ledger ledger;
  ledger.set_own(late_);
  ledger.merge({central_, {}});
  EXPECT_EQ(ledger.mark(north).version, 1U);
}

TEST(Ledger, HasRoomForSoManyIncarnationsAndNoMore) {
  Ledger ledger;
  for (std::uint64_t i = 1; i <= max_incarnations; ++i)
    ASSERT_EQ(ledger.merge({row(Incarnation{i}, 1, 1), {}}), Merge::newer);
  EXPECT_EQ(ledger.merge({row(Incarnation{max_incarnations + 1}, 1, 1), {}}), Merge::no_room);
  EXPECT_EQ(ledger.merge({row(Incarnation{1}, 2, 1), {}}), Merge::newer);
}

TEST(ABalance, FollowsGiftsCarsAndDebt) {
  Ledger ledger;
  Row central = office_row(5);
  central.given[north] = 3;
  ledger.merge({central, {}});
  EXPECT_EQ(ledger.permits(office), 2);
  EXPECT_EQ(ledger.permits(north), 3);
  Row gate = row(north, 1, 1);
  gate.admitted = 3;
  gate.entered = 1;
  gate.backed_out = 1;
  gate.unadmitted = 2;
  gate.left = 1;
  gate.given[south] = 1;
  ledger.merge({gate, {}});
  EXPECT_EQ(ledger.permits(north), -1) << "debt is shown, never clamped";
  EXPECT_EQ(ledger.permits(south), 1) << "although no row of it came yet";
  const Totals totals = ledger.totals();
  EXPECT_EQ(totals,
            (Totals{.capacity = 5, .capacity_wanted = 5, .inside = 2, .pending = 1, .free = 2}));
}

TEST(AClosedRow, CountsItsPendingCarsAsInsideAndPassesItsPermitsToTheOffice) {
  Ledger ledger;
  Row gate = row(north, 1, 1);
  gate.admitted = 2;
  gate.entered = 1;
  Row central = office_row(5);
  central.given[north] = 4;
  central.office->reclaimed[north] = 2;
  central.office->corrected = -1;
  ledger.merge({gate, {}});
  ledger.merge({central, {}});
  EXPECT_TRUE(ledger.is_closed(north));
  EXPECT_EQ(ledger.permits(north), 0);
  EXPECT_EQ(ledger.permits(office), 5 - 4 + 2 + 1);
  EXPECT_EQ(ledger.totals().pending, 0);
  EXPECT_EQ(ledger.totals().inside, 1);
}

// --- properties of honest histories ------------------------------------------------------------

/// Several owners that spend only what they know to have; every version they ever wrote.
struct History {
  std::vector<RowCopy> versions;
  Ledger truth;
};

History honest_history(std::mt19937_64& dice, int steps) {
  const std::vector<Incarnation> owners{office, Incarnation{1}, Incarnation{2}, Incarnation{3}};
  History history;
  std::map<Incarnation, Ledger> views;
  std::map<Incarnation, Row> rows;
  const auto publish = [&](Incarnation owner) {
    Row& r = rows.at(owner);
    ++r.version;
    r.tag = dice();
    views[owner].set_own(r);
    history.truth.set_own(r);
    history.versions.push_back({r, std::to_string(dice())});
  };
  for (const Incarnation owner : owners) {
    rows[owner] = owner == office ? office_row(static_cast<Count>(dice() % 20)) : row(owner, 0, 0);
    rows[owner].version = 0;
    publish(owner);
  }
  for (int step = 0; step < steps; ++step) {
    const Incarnation owner = owners[dice() % owners.size()];
    Row& r = rows[owner];
    Ledger& view = views[owner];
    for (int copies = static_cast<int>(dice() % 4); copies > 0; --copies)
      view.merge(history.versions[dice() % history.versions.size()]);
    view.set_own(r);
    const bool can_spend = view.permits(owner) >= 1;
    switch (dice() % 7) {
      case 0:
        r.admitted += can_spend ? 1 : 0;
        break;
      case 1:
        r.entered += r.pending() > 0 ? 1 : 0;
        break;
      case 2:
        r.backed_out += r.pending() > 0 ? 1 : 0;
        break;
      case 3:
        r.left += history.truth.totals().inside > 0 ? 1 : 0;
        break;
      case 4:
        r.unadmitted += dice() % 10 == 0 ? 1 : 0;
        break;
      default:
        if (const Incarnation to = owners[dice() % owners.size()]; can_spend && to != owner)
          r.given[to] += 1;
    }
    publish(owner);
  }
  return history;
}

class HonestHistories : public testing::TestWithParam<std::uint64_t> {
protected:
  HonestHistories() : dice_(GetParam()), history_(honest_history(dice_, 60)) {}

  Ledger observer(int copies) {
    Ledger ledger;
    for (; copies > 0; --copies)
      ledger.merge(history_.versions[dice_() % history_.versions.size()]);
    return ledger;
  }
  static Ledger merged(Ledger into, const Ledger& from) {
    for (const auto& [key, copy] : from.rows()) into.merge(copy);
    return into;
  }

  std::mt19937_64 dice_;
  History history_;
};

TEST_P(HonestHistories, MergeInAnyOrderToTheSame) {
  for (int round = 0; round < 5; ++round) {
    std::ranges::shuffle(history_.versions, dice_);
    Ledger ledger;
    for (const RowCopy& copy : history_.versions) {
      EXPECT_NE(ledger.merge(copy), Merge::clash);
      EXPECT_NE(ledger.merge(copy), Merge::newer) << "a second time";
    }
    EXPECT_EQ(ledger.marks(), history_.truth.marks());
    EXPECT_EQ(ledger.totals(), history_.truth.totals());
  }
}

TEST_P(HonestHistories, MergeIdempotentCommutativeAndAssociative) {
  const Ledger a = observer(10);
  const Ledger b = observer(20);
  const Ledger c = observer(30);
  EXPECT_EQ(merged(a, a).rows(), a.rows());
  EXPECT_EQ(merged(a, b).rows(), merged(b, a).rows());
  EXPECT_EQ(merged(merged(a, b), c).rows(), merged(a, merged(b, c)).rows());
}

TEST_P(HonestHistories, KeepTheSumOfPermitsInEveryView) {
  for (int copies = 0; copies < 40; copies += 3) {
    const Ledger ledger = observer(copies);
    const Totals totals = ledger.totals();
    Count sum = 0;
    for (const Incarnation key : ledger.mentioned()) sum += ledger.permits(key);
    EXPECT_EQ(sum, totals.capacity - totals.inside - totals.pending);
    EXPECT_EQ(sum, totals.free);
  }
}

TEST_P(HonestHistories, NeverSpendMoreThanTheCapacity) {
  const Totals totals = history_.truth.totals();
  Count unadmitted = 0;
  for (const auto& [key, copy] : history_.truth.rows()) unadmitted += copy.row.unadmitted;
  EXPECT_LE(totals.inside + totals.pending, totals.capacity + unadmitted);
}

INSTANTIATE_TEST_SUITE_P(Seeds, HonestHistories, testing::Range<std::uint64_t>(1, 101));

}  // namespace
}  // namespace parking::core
