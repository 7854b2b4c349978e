#include "app/store/store.hpp"

#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/wire/convert.hpp"
#include "tests/unit/app/store/bench.hpp"
#include "tests/unit/app/store/faulty_disk.hpp"

namespace parking::store {
namespace {

using bench::Listener;
using core::Incarnation;

struct AStore : testing::Test {
  AStore() { faulty_disk::install(); }
  bench::TemporaryDirectory directory;
  Listener listener;
};

core::RowCopy learned_row(std::uint64_t incarnation, const std::string& extra) {
  core::Row row;
  row.owner = {core::GateId::parse("south").value(), Incarnation{incarnation}};
  row.version = 5;
  return {row, wire::encode_row(row) + extra};
}

core::Event event(const std::string& text) {
  return {.number = 0,
          .wall_time_ms = 1234,
          .kind = "entered",
          .lane = "in",
          .text = text,
          .inside = 5,
          .free = -1};
}

TEST_F(AStore, IsFreshWithANewIncarnationAtFirst) {
  const auto store = bench::open(directory, listener);
  EXPECT_TRUE(store->opened().fresh);
  EXPECT_EQ(store->opened().note, "");
  EXPECT_EQ(store->opened().remembered.incarnation, Incarnation{bench::first_incarnation});
  EXPECT_EQ(store->opened().remembered.own, std::nullopt);
}

TEST_F(AStore, NeverDrawsTheIncarnationZero) {
  const auto store = bench::open(directory, listener, 0);
  EXPECT_EQ(store->opened().remembered.incarnation, Incarnation{1});
}

TEST_F(AStore, GivesBackEverythingThatWasWritten) {
  // Field 1000 is of a newer program.
  const std::string unknown("\xc2\x3e\x05later", 8);
  core::Record first = bench::record(1);
  first.held = {{"in", 2}, {"side", 1}};
  first.learned = {learned_row(7, unknown), learned_row(~0ULL, "")};
  first.superseded = {Incarnation{~0ULL}, Incarnation{3}};
  first.lot = core::LotId{0xfedcba9876543210};
  first.peers = core::PeerList{.lot = {1},
                               .lot_name = "Riverside",
                               .revision = 4,
                               .lease = core::Duration(15'000),
                               .peers = {{.owner = first.own->owner,
                                          .address = "10.0.0.11:7411",
                                          .has_entry = true,
                                          .state = core::PeerState::late,
                                          .superseded = {Incarnation{2}}}}};
  first.events = {event("one"), event("two")};
  auto store = bench::open(directory, listener);
  store->append(first);
  store->close();

  store = bench::open(directory, listener);
  EXPECT_FALSE(store->opened().fresh);
  const core::Remembered& remembered = store->opened().remembered;
  EXPECT_EQ(remembered.incarnation, Incarnation{bench::first_incarnation});
  EXPECT_EQ(remembered.own, first.own);
  EXPECT_EQ(remembered.held, first.held);
  EXPECT_THAT(remembered.learned, testing::UnorderedElementsAreArray(first.learned));
  EXPECT_EQ(remembered.superseded, first.superseded);
  EXPECT_EQ(remembered.lot, *first.lot);
  EXPECT_EQ(remembered.peers, first.peers);
  const auto events = store->events(10);
  ASSERT_EQ(events.size(), 2U);
  core::Event expected = event("one");
  expected.number = 1;
  EXPECT_EQ(events[0], expected);
  EXPECT_EQ(events[1].text, "two");
}

TEST_F(AStore, KeepsTheNewestOfEachThing) {
  auto store = bench::open(directory, listener);
  core::Record first = bench::record(1);
  first.held = {{"in", 2}, {"side", 1}};
  first.learned = {learned_row(7, "")};
  first.superseded = {Incarnation{3}};
  store->append(first);
  core::Record second = bench::record(2);
  second.held = {{"side", 4}};
  core::RowCopy newer = learned_row(7, "");
  newer.row.version = 6;
  newer.bytes = wire::encode_row(newer.row);
  second.learned = {newer};
  second.superseded = {Incarnation{3}};
  store->append(second);
  core::Record third;
  third.number = 3;
  third.lot = core::LotId{9};
  store->append(third);
  store->close();

  const auto again = bench::open(directory, listener);
  const core::Remembered& remembered = again->opened().remembered;
  EXPECT_EQ(remembered.own, second.own);
  EXPECT_EQ(remembered.held, second.held) << "a record without an own row says nothing of it";
  EXPECT_EQ(remembered.learned, second.learned);
  EXPECT_EQ(remembered.superseded, second.superseded);
  EXPECT_EQ(remembered.lot, core::LotId{9});
}

TEST_F(AStore, RemembersTheTagOfEveryVersion) {
  auto store = bench::open(directory, listener);
  for (core::Version version = 1; version <= 3000; ++version) store->append(bench::record(version));
  store->close();

  const auto again = bench::open(directory, listener);
  const auto& tags = again->opened().remembered.past_tags;
  ASSERT_EQ(tags.size(), 3000U);
  for (core::Version version = 1; version <= 3000; ++version)
    ASSERT_EQ(tags[version - 1], bench::tag_of(version)) << version;
}

TEST_F(AStore, CommitsEverythingThatWaitsAtOnceWithOneSync) {
  const auto store = bench::open(directory, listener);
  listener.hold(true);
  store->append(bench::record(1));
  ASSERT_TRUE(listener.wait_for(1));
  const int syncs = faulty_disk::syncs();
  for (core::RecordNumber number = 2; number <= 500; ++number) store->append(bench::record(number));
  listener.hold(false);
  ASSERT_TRUE(listener.wait_for(2));
  EXPECT_EQ(listener.reports()[1].value(), 500U);
  EXPECT_EQ(faulty_disk::syncs(), syncs + 1);
}

TEST_F(AStore, ReportsARecordOnlyAfterItsSync) {
  const auto store = bench::open(directory, listener);
  for (core::RecordNumber number = 1; number <= 20; ++number) {
    const int syncs = faulty_disk::syncs();
    store->append(bench::record(number));
    ASSERT_TRUE(listener.wait_for(number));
    EXPECT_GT(faulty_disk::syncs(), syncs);
  }
}

TEST_F(AStore, ReportsRisingNumbersUpToTheLast) {
  auto store = bench::open(directory, listener);
  for (core::RecordNumber number = 1; number <= 2000; ++number)
    store->append(bench::record(number));
  store->close();
  core::RecordNumber last = 0;
  for (const auto& report : listener.reports()) {
    ASSERT_TRUE(report);
    EXPECT_GT(*report, last);
    last = *report;
  }
  EXPECT_EQ(last, 2000U);
}

TEST_F(AStore, MovesItsLogIntoTheFileBeforeTheLogGrowsLong) {
  const auto store = bench::open(directory, listener);
  core::Record record = bench::record(1);
  for (core::RecordNumber number = 1; number <= 60; ++number) {
    record.number = number;
    record.events.assign(500, event(std::string(500, 'x')));
    store->append(record);
    ASSERT_TRUE(listener.wait_for(number));
  }
  // 60 records of 250 kB: without checkpoints the log would hold all 15 MB.
  EXPECT_LT(std::filesystem::file_size(directory.path() / "ledger.db-wal"), 8'000'000U);
  EXPECT_EQ(store->events(100'000).size(), 30'000U);
}

TEST_F(AStore, GivesTheNewestEventsOldestFirst) {
  const auto store = bench::open(directory, listener);
  core::Record record;
  record.number = 1;
  record.events = {event("one"), event("two"), event("three")};
  store->append(record);
  const auto events = store->events(2);
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].text, "two");
  EXPECT_EQ(events[0].number, 2U);
  EXPECT_EQ(events[1].text, "three");
  EXPECT_TRUE(store->events(0).empty());
}

TEST_F(AStore, GivesOlderEventsPageByPage) {
  const auto store = bench::open(directory, listener);
  core::Record record;
  record.number = 1;
  record.events = {event("one"), event("two"), event("three")};
  store->append(record);
  const auto events = store->events(2, 3);
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].text, "one");
  EXPECT_EQ(events[1].text, "two");
  EXPECT_EQ(store->events(1, 3).at(0).text, "two");
  EXPECT_TRUE(store->events(10, 1).empty());
  EXPECT_EQ(store->events(10, ~0ULL).size(), 3U);
}

TEST_F(AStore, KeepsTheNewestHundredThousandEvents) {
  const auto store = bench::open(directory, listener);
  core::Record record;
  record.number = 1;
  record.events.assign(100'010, event("often"));
  store->append(record);
  const auto events = store->events(200'000);
  ASSERT_EQ(events.size(), 100'000U);
  EXPECT_EQ(events.front().number, 11U);
  EXPECT_EQ(events.back().number, 100'010U);
}

TEST_F(AStore, GivesAnEventTheWallTimeThatItLacks) {
  const auto store = bench::open(directory, listener);
  core::Record record;
  record.number = 1;
  record.events = {event("timed"), event("untimed")};
  record.events[1].wall_time_ms = 0;
  store->append(record);
  const auto events = store->events(2);
  EXPECT_EQ(events[0].wall_time_ms, 1234);
  EXPECT_GT(events[1].wall_time_ms, 1'500'000'000'000);
}

TEST_F(AStore, AnswersFromInsideAReport) {
  std::unique_ptr<Store> store;
  std::promise<std::size_t> found;
  store = Store::open(directory.path(), bench::random(), [&](const auto&) {
            found.set_value(store->events(10).size());
          }).value();
  core::Record record;
  record.number = 1;
  record.events = {event("one")};
  store->append(record);
  auto answer = found.get_future();
  ASSERT_EQ(answer.wait_for(std::chrono::seconds(20)), std::future_status::ready);
  EXPECT_EQ(answer.get(), 1U);
}

TEST_F(AStore, TakesNothingAfterItWasClosed) {
  const auto store = bench::open(directory, listener);
  store->close();
  store->append(bench::record(1));
  EXPECT_TRUE(store->events(10).empty());
  store->close();
  EXPECT_TRUE(listener.reports().empty());
}

TEST_F(AStore, SetAsideIsKeptAndTheNextOneIsFresh) {
  auto store = bench::open(directory, listener);
  store->append(bench::record(1));
  const auto aside = store->set_aside();
  ASSERT_TRUE(aside) << aside.error().text;
  EXPECT_EQ(*aside, directory.path() / "ledger.db.set-aside-1");
  EXPECT_TRUE(std::filesystem::exists(*aside));
  EXPECT_FALSE(std::filesystem::exists(directory.database()));

  store = bench::open(directory, listener, 77);
  EXPECT_TRUE(store->opened().fresh);
  EXPECT_EQ(store->opened().remembered.incarnation, Incarnation{77});
  EXPECT_EQ(store->opened().remembered.own, std::nullopt);
  EXPECT_EQ(store->set_aside().value(), directory.path() / "ledger.db.set-aside-2");
}

}  // namespace
}  // namespace parking::store
