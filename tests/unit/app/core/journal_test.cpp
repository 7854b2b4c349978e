#include "app/core/journal.hpp"

#include <gtest/gtest.h>

#include "app/core/identity.hpp"

namespace parking::core {
namespace {

using std::chrono_literals::operator""h;
using std::chrono_literals::operator""ms;

constexpr Instant start{};
const RowOwner self{*GateId::parse("north"), Incarnation{7}};
const GateId south = *GateId::parse("south");

Random counting_from(std::uint64_t first) {
  return [next = first]() mutable { return next++; };
}

Journal empty_journal() {
  return {self, Remembered{.incarnation = self.incarnation}, counting_from(100), start};
}

/// What a store holds after `versions` changes that drew the tags 1, 2, ...
Remembered remembered(Version versions) {
  Remembered store{.incarnation = self.incarnation};
  store.own = Row{.owner = self, .version = versions, .tag = versions};
  for (Tag tag = 1; tag <= versions; ++tag) store.past_tags.push_back(tag);
  return store;
}

TEST(AJournal, WritesNothingWhenNothingHappened) {
  Journal journal = empty_journal();
  EXPECT_FALSE(journal.flush(start));
  EXPECT_EQ(journal.own().version, 0U);
}

TEST(AJournal, MakesOneVersionOfAllChangesOfAStep) {
  Journal journal = empty_journal();
  journal.change().admitted += 1;
  journal.change().left += 1;
  journal.set_held("in", 1);
  const auto record = journal.flush(start);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->number, 1U);
  EXPECT_EQ(record->own->version, 1U);
  EXPECT_EQ(record->own->tag, 100U);
  EXPECT_EQ(record->held, (std::map<std::string, Count>{{"in", 1}}));
  EXPECT_FALSE(journal.flush(start));
}

TEST(AJournal, ShowsOthersARowOnlyWhenItIsDurable) {
  Journal journal = empty_journal();
  for (int i = 0; i < 2; ++i) {
    journal.change().left += 1;
    journal.flush(start);
  }
  EXPECT_EQ(journal.durable().version, 0U);
  EXPECT_TRUE(journal.persisted(1));
  EXPECT_EQ(journal.durable().version, 1U);
  EXPECT_EQ(journal.durable().left, 1);
  EXPECT_EQ(journal.own().left, 2);
  EXPECT_FALSE(journal.persisted(1)) << "told twice";
  EXPECT_TRUE(journal.persisted(2));
  EXPECT_EQ(journal.durable_mark(), (RowMark{self.incarnation, 2, 101}));
}

TEST(AJournal, KeepsLearnedRowsForALaterWrite) {
  Journal journal = empty_journal();
  EXPECT_FALSE(journal.flush(start));
  journal.remember({Row{.owner = {south, Incarnation{2}}, .version = 1}, "bytes"});
  EXPECT_FALSE(journal.flush(start));
  EXPECT_EQ(journal.next_wake(), start + Journal::learned_delay);
  const auto record = journal.flush(start + Journal::learned_delay);
  ASSERT_TRUE(record);
  ASSERT_EQ(record->learned.size(), 1U);
  EXPECT_FALSE(record->own);
  EXPECT_EQ(journal.own().version, 0U);
}

TEST(AJournal, WritesMarksOfSupersededRowsAndTheLotAtOnce) {
  Journal journal = empty_journal();
  journal.remember_superseded(Incarnation{2});
  ASSERT_TRUE(journal.flush(start));
  journal.remember_lot(LotId{3});
  const auto record = journal.flush(start);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->lot, LotId{3});
  EXPECT_TRUE(record->superseded.empty());
}

TEST(AJournal, GoesOnFromWhatTheStoreRemembers) {
  Journal journal(self, remembered(3), counting_from(100), start);
  EXPECT_EQ(journal.durable().version, 3U);
  journal.change().left += 1;
  EXPECT_EQ(journal.flush(start)->own->version, 4U);
  EXPECT_TRUE(journal.is_own_past({self.incarnation, 3, 3}));
  EXPECT_TRUE(journal.is_own_past({self.incarnation, 4, 100}));
  EXPECT_FALSE(journal.is_own_past({self.incarnation, 2, 3}));
  EXPECT_FALSE(journal.is_own_past({self.incarnation, 5, 100}));
}

TEST(AStore, EndsWhenAPeerHasALaterVersion) {
  const Journal journal(self, remembered(3), counting_from(100), start);
  Identity identity(Identity::Quorum::first_answers, start);
  identity.heard({self.incarnation, 3, 3}, journal);
  identity.heard({self.incarnation, 0, 0}, journal);
  identity.heard({Incarnation{8}, 9, 9}, journal);  // somebody else's
  EXPECT_FALSE(identity.ended());
  identity.heard({self.incarnation, 4, 4}, journal);
  EXPECT_TRUE(identity.ended());
}

TEST(AClone, IsNoticedByAnUnknownTag) {
  const Journal journal(self, remembered(3), counting_from(100), start);
  Identity identity(Identity::Quorum::first_answers, start);
  identity.heard({self.incarnation, 2, 77}, journal);
  EXPECT_TRUE(identity.ended());
  identity.trust();
  EXPECT_FALSE(identity.confirmed()) << "no operator can vouch for an ended store";
}

class AfterAStart : public testing::Test {
protected:
  Peer& peer(const std::string& name) {
    Peer* made = peers_.obtain(*GateId::parse(name));
    made->listed = true;
    return *made;
  }
  bool confirmed(Identity& identity, Duration after) {
    identity.consider(peers_, start + after);
    return identity.confirmed();
  }
  Peers peers_{start};
  Identity gate_{Identity::Quorum::first_answers, start};
  Identity office_{Identity::Quorum::everybody, start};
};

TEST_F(AfterAStart, NothingIsAdmittedUntilSomebodyToldWhichVersionItKnows) {
  peer("south");
  EXPECT_FALSE(confirmed(gate_, 0ms));
  EXPECT_FALSE(confirmed(gate_, 1h));
  peer("south").answered_start = true;
  EXPECT_TRUE(confirmed(gate_, 1h));
}

TEST_F(AfterAStart, WhoeverAnswersWithinTwoSecondsIsHeard) {
  peer("south").answered_start = true;
  peer("west");
  EXPECT_FALSE(confirmed(gate_, Identity::answer_time - 1ms));
  EXPECT_EQ(gate_.next_wake(start), start + Identity::answer_time);
  EXPECT_TRUE(confirmed(gate_, Identity::answer_time));
}

TEST_F(AfterAStart, AGateGoesOnAtOnceWhenEverybodyHasAnswered) {
  peer("south").answered_start = true;
  peer("west").answered_start = true;
  EXPECT_TRUE(confirmed(gate_, 1ms));
}

// A copied card that some gates welcome because its original is out of their reach.
TEST_F(AfterAStart, AGateThatSomebodyRefusesAsASecondOneWaits) {
  peer("south").answered_start = true;
  gate_.doubted(start + 3000ms);
  EXPECT_FALSE(confirmed(gate_, 4000ms));
  gate_.doubted(start + 4000ms);
  EXPECT_FALSE(confirmed(gate_, 4000ms + Identity::doubt_for - 1ms));
  EXPECT_EQ(gate_.next_wake(start + 4000ms), start + 4000ms + Identity::doubt_for);
  EXPECT_TRUE(confirmed(gate_, 4000ms + Identity::doubt_for));
}

TEST_F(AfterAStart, AGateThatWasConfirmedIsNotDoubtedBecauseOfItsCopy) {
  peer("south").answered_start = true;
  EXPECT_TRUE(confirmed(gate_, 1ms));
  gate_.doubted(start + 3000ms);
  EXPECT_TRUE(confirmed(gate_, 3000ms));
}

TEST_F(AfterAStart, TheOfficeWaitsForEveryGate) {
  peer("south").answered_start = true;
  peer("west");
  EXPECT_FALSE(confirmed(office_, 1h));
  peer("west").answered_start = true;
  EXPECT_TRUE(confirmed(office_, 1h));
}

TEST_F(AfterAStart, TheOperatorMayVouchForTheStoreWhenNobodyIsThere) {
  EXPECT_FALSE(confirmed(gate_, 1h));
  gate_.trust();
  EXPECT_TRUE(gate_.confirmed());
}

}  // namespace
}  // namespace parking::core
