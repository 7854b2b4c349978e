#include <gtest/gtest.h>

#include "tests/sim/ledger_watch.hpp"
#include "tests/sim/start_question.hpp"

namespace parking::sim {
namespace {

core::RowOwner owner(const char* gate, std::uint64_t incarnation) {
  return {*core::GateId::parse(gate), core::Incarnation{incarnation}};
}

core::RowCopy copy(core::Version version, core::Tag tag, core::Count left) {
  core::Row row;
  row.owner = owner("g2", 2);
  row.version = version;
  row.tag = tag;
  row.left = left;
  return {.row = row, .bytes = {}};
}

core::Ledger holding(const core::RowCopy& row) {
  core::Ledger ledger;
  ledger.merge(row);
  return ledger;
}

core::Message message(const core::RowCopy& row) {
  return core::Inquiry{.id = 1, .row = row};
}

TEST(ALedgerWatch, LetsARowGrow) {
  LedgerWatch watch;
  watch.begin(core::Ledger{});
  EXPECT_FALSE(watch.after(message(copy(1, 7, 1)), holding(copy(1, 7, 1))));
  EXPECT_FALSE(watch.after(message(copy(2, 8, 1)), holding(copy(2, 8, 1))));
  EXPECT_FALSE(watch.after(message(copy(1, 7, 1)), holding(copy(2, 8, 1))));
}

TEST(ALedgerWatch, ObjectsToAnOlderVersion) {
  LedgerWatch watch;
  watch.begin(holding(copy(2, 8, 1)));
  EXPECT_TRUE(watch.after(message(copy(1, 7, 1)), holding(copy(1, 7, 1))));
}

TEST(ALedgerWatch, ObjectsToAnotherHistory) {
  LedgerWatch watch;
  watch.begin(holding(copy(2, 8, 2)));
  EXPECT_TRUE(watch.after(message(copy(3, 9, 1)), holding(copy(3, 9, 1))));
  watch.begin(holding(copy(2, 8, 2)));
  EXPECT_TRUE(watch.after(message(copy(2, 9, 2)), holding(copy(2, 9, 2))));
}

TEST(ALedgerWatch, ObjectsToARowThatIsForgotten) {
  LedgerWatch watch;
  watch.begin(holding(copy(2, 8, 2)));
  EXPECT_TRUE(watch.after(message(copy(2, 8, 2)), core::Ledger{}));
}

TEST(ALedgerWatch, LetsTheOfficeSettleARowThatItRetired) {
  LedgerWatch watch;
  watch.begin(holding(copy(3, 9, 3)));
  core::Ledger ledger = holding(copy(2, 8, 2));
  core::RowCopy office;
  office.row.owner = {core::GateId::office(), core::Incarnation{1}};
  office.row.version = 1;
  office.row.office = core::OfficePart{.retired = {{core::Incarnation{2}, 2}}};
  ledger.merge(office);
  EXPECT_FALSE(watch.after(message(copy(2, 8, 2)), ledger));
}

TEST(ALedgerWatch, LetsARowGoThatTheOfficeRetiredBeforeAnybodyHadIt) {
  LedgerWatch watch;
  watch.begin(holding(copy(1, 7, 1)));
  core::RowCopy office;
  office.row.owner = {core::GateId::office(), core::Incarnation{1}};
  office.row.version = 1;
  office.row.office = core::OfficePart{.retired = {{core::Incarnation{2}, 0}}};
  EXPECT_FALSE(watch.after(message(copy(1, 7, 1)), holding(office)));
  watch.begin(holding(copy(1, 7, 1)));
  office.row.office->retired[core::Incarnation{2}] = 1;
  EXPECT_TRUE(watch.after(message(copy(1, 7, 1)), holding(office)));
}

core::RowCopy office_that_retired(core::Version row, core::Version own) {
  core::RowCopy office;
  office.row.owner = {core::GateId::office(), core::Incarnation{1}};
  office.row.version = own;
  office.row.office = core::OfficePart{.retired = {{core::Incarnation{2}, row}}};
  return office;
}

TEST(ALedgerWatch, LetsItStayAwayWhenTheOfficeHasHeardOfItSince) {
  LedgerWatch watch;
  watch.begin(holding(copy(1, 7, 1)));
  const core::RowCopy before = office_that_retired(0, 1);
  EXPECT_FALSE(watch.after(message(before), holding(before)));
  const core::RowCopy after = office_that_retired(1, 2);
  EXPECT_FALSE(watch.after(message(after), holding(after)));
  EXPECT_FALSE(watch.after(message(copy(1, 7, 1)), holding(after)));
  core::Ledger taken = holding(after);
  taken.merge(copy(1, 7, 1));
  EXPECT_FALSE(watch.after(message(copy(1, 7, 1)), taken));
  EXPECT_TRUE(watch.after(message(copy(1, 7, 1)), holding(after))) << "it counts from here on";
}

TEST(ALedgerWatch, LetsARowGoThatWasRetiredAtAnEarlierVersionUnlessItIsTheLast) {
  for (const bool is_last : {false, true}) {
    core::RowCopy later = copy(3, 9, 3);
    later.row.final_row = is_last;
    LedgerWatch watch;
    watch.begin(holding(later));
    const core::RowCopy office = office_that_retired(2, 1);
    EXPECT_FALSE(watch.after(message(office), holding(office)));
    EXPECT_EQ(watch.after(message(later), holding(office)).has_value(), is_last);
  }
}

class AStartQuestion : public testing::Test {
protected:
  static core::Message hello(const char* gate, std::uint64_t incarnation) {
    core::Hello hello;
    hello.row.row.owner = owner(gate, incarnation);
    return hello;
  }
  void list(std::vector<core::PeerInfo> peers) {
    core::Effects ignored;
    exchange_.listed({.peers = std::move(peers)}, core::Instant{}, ignored);
  }
  static core::Instant at(int ms) { return core::Instant{core::Duration{ms}}; }

  /// Who calls has answered when he goes on talking.
  void is_answered_by(const char* gate, std::uint64_t incarnation) {
    question_.hears(core::LinkId{incarnation}, hello(gate, incarnation));
    question_.hears(core::LinkId{incarnation}, core::Digest{});
  }

  core::Exchange exchange_{{.self = owner("g1", 1)}, {}, [] { return 1; }, core::Instant{}};
  StartQuestion question_;
};

TEST_F(AStartQuestion, IsOpenUntilSomebodyAnswers) {
  question_.consider(exchange_, at(60'000));
  EXPECT_FALSE(question_.answered());
  is_answered_by("g2", 2);
  question_.consider(exchange_, at(60'000));
  EXPECT_TRUE(question_.answered());
}

TEST_F(AStartQuestion, WaitsTwoSecondsForAllWhoAreListed) {
  list({{.owner = owner("g2", 2)}, {.owner = owner("g3", 3)}});
  is_answered_by("g2", 2);
  question_.consider(exchange_, at(1999));
  EXPECT_FALSE(question_.answered());
  question_.consider(exchange_, at(2000));
  EXPECT_TRUE(question_.answered());
}

TEST_F(AStartQuestion, IsNotAnsweredByWhoCallsAndThenRefuses) {
  EXPECT_FALSE(question_.hears(core::LinkId{2}, hello("g2", 2)));
  EXPECT_TRUE(question_.hears(core::LinkId{2}, core::Refusal{core::RefusalCode::retired, ""}));
  question_.consider(exchange_, at(60'000));
  EXPECT_FALSE(question_.answered());
}

TEST_F(AStartQuestion, WaitsForNobodyWhoIsRetired) {
  list({{.owner = owner("g2", 2)}, {.owner = owner("g3", 3), .state = core::PeerState::retired}});
  is_answered_by("g2", 2);
  question_.consider(exchange_, at(10));
  EXPECT_TRUE(question_.answered());
}

}  // namespace
}  // namespace parking::sim
