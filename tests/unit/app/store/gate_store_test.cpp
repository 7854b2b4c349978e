#include "app/store/gate_store.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/app/store/bench.hpp"

namespace parking::store {
namespace {

namespace fs = std::filesystem;
using bench::Listener;
using core::Incarnation;
using testing::HasSubstr;

struct TheStoreOfADeadGate : testing::Test {
  void write_records(core::RecordNumber last) {
    const auto store = bench::open(directory, listener);
    for (core::RecordNumber number = 1; number <= last; ++number)
      store->append(bench::record(number));
  }

  void write_record(const core::Record& record) {
    const auto store = bench::open(directory, listener);
    store->append(record);
  }

  void tamper(const fs::path& file, const char* sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database);
    sqlite3_close(database);
  }

  auto read(const fs::path& file) const { return read_gate_store(file, scratch()); }
  std::string fault(const fs::path& file) const {
    const auto remembered = read(file);
    return remembered ? "" : remembered.error().text;
  }
  [[nodiscard]] fs::path scratch() const { return work.path() / "import"; }

  static std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  bench::TemporaryDirectory directory;
  bench::TemporaryDirectory work;
  Listener listener;
};

TEST_F(TheStoreOfADeadGate, TellsWhichGateItIsAndWhatItKnew) {
  core::Record record = bench::record(1);
  record.held = {{"in", 2}};
  record.lot = core::LotId{9};
  write_record(record);
  const auto remembered = read(directory.database());
  ASSERT_TRUE(remembered) << remembered.error().text;
  EXPECT_EQ(remembered->incarnation, Incarnation{bench::first_incarnation});
  EXPECT_EQ(remembered->own, bench::row(1));
  EXPECT_EQ(remembered->own->owner.gate.text(), "north");
  EXPECT_EQ(remembered->past_tags, std::vector{bench::tag_of(1)});
  EXPECT_EQ(remembered->held, record.held);
  EXPECT_EQ(remembered->lot, core::LotId{9});
}

// A machine that lost its power leaves its last commits in the log alone.
TEST_F(TheStoreOfADeadGate, IsReadWithItsLog) {
  const fs::path card = work.path() / "card";
  fs::create_directory(card);
  {
    const auto store = bench::open(directory, listener);
    for (core::RecordNumber number = 1; number <= 3; ++number) store->append(bench::record(number));
    ASSERT_TRUE(listener.wait_for(1));
    (void)store->events(1);  // after everything that was queued
    for (const char* name : {"ledger.db", "ledger.db-wal"})
      fs::copy_file(directory.path() / name, card / name);
  }
  ASSERT_GT(fs::file_size(card / "ledger.db-wal"), 0U);
  const std::string database = bytes_of(card / "ledger.db");
  const std::string log = bytes_of(card / "ledger.db-wal");

  EXPECT_EQ(read(card / "ledger.db").value().own, bench::row(3));
  EXPECT_EQ(bytes_of(card / "ledger.db"), database);
  EXPECT_EQ(bytes_of(card / "ledger.db-wal"), log);
  EXPECT_EQ(std::distance(fs::directory_iterator(card), {}), 2);

  fs::remove(card / "ledger.db-wal");
  EXPECT_NE(fault(card / "ledger.db"), "") << "all of it was in the log";
}

TEST_F(TheStoreOfADeadGate, IsReadWhereNobodyMayWrite) {
  write_records(2);
  fs::permissions(directory.database(), fs::perms::owner_read);
  fs::permissions(directory.path(), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EQ(read(directory.database()).value().own, bench::row(2));
  fs::permissions(directory.path(), fs::perms::owner_all);
}

TEST_F(TheStoreOfADeadGate, IsReadUnderTheNameItWasSetAsideWith) {
  const auto store = bench::open(directory, listener);
  store->append(bench::record(1));
  const auto aside = store->set_aside();
  ASSERT_TRUE(aside);
  EXPECT_EQ(read(*aside).value().own, bench::row(1));
}

TEST_F(TheStoreOfADeadGate, LeavesNothingBehindAndMindsNothingThatIsThere) {
  write_records(1);
  fs::create_directory(scratch());
  std::ofstream(scratch() / "ledger.db-wal") << "left by a crash";
  EXPECT_EQ(read(directory.database()).value().own, bench::row(1));
  EXPECT_FALSE(fs::exists(scratch()));
  EXPECT_NE(fault(work.path()), "");
  EXPECT_FALSE(fs::exists(scratch()));
}

TEST_F(TheStoreOfADeadGate, ThatIsNotThereSaysWhereToCopyIt) {
  EXPECT_THAT(fault(directory.database()), HasSubstr("is not there"));
  EXPECT_THAT(fault(directory.database()), HasSubstr("into " + work.path().string()));
  std::ofstream(directory.path() / "file") << "x";
  EXPECT_THAT(fault(directory.path() / "file" / "ledger.db"), HasSubstr("is not there"));
}

TEST_F(TheStoreOfADeadGate, ThatIsNoFileIsRefused) {
  EXPECT_THAT(fault(directory.path()), HasSubstr("it is no file"));
  ASSERT_EQ(mkfifo(directory.database().c_str(), 0600), 0);
  EXPECT_THAT(fault(directory.database()), HasSubstr("it is no file"));
}

TEST_F(TheStoreOfADeadGate, ThatIsNoLedgerIsRefused) {
  std::ofstream(directory.database()) << std::string(10'000, 'g');
  EXPECT_THAT(fault(directory.database()), HasSubstr("is no gate's ledger, or is damaged"));
  std::ofstream(directory.path() / "empty").flush();
  EXPECT_THAT(fault(directory.path() / "empty"), HasSubstr("is no gate's ledger, or only a part of it"));
  tamper(directory.path() / "songs.db", "CREATE TABLE songs(title TEXT)");
  EXPECT_THAT(fault(directory.path() / "songs.db"), HasSubstr("is no gate's ledger, or only a part of it"));
}

TEST_F(TheStoreOfADeadGate, ThatIsDamagedIsRefused) {
  write_records(500);
  std::fstream file(directory.database(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096) << std::string(8192, '\x5a');
  file.close();
  EXPECT_THAT(fault(directory.database()), HasSubstr("or is damaged"));
}

TEST_F(TheStoreOfADeadGate, ThatIsTooLargeIsRefusedUnread) {
  std::ofstream(directory.database()).flush();
  fs::resize_file(directory.database(), largest_gate_store + 1);
  EXPECT_THAT(fault(directory.database()), HasSubstr("it is too large"));
}

TEST_F(TheStoreOfADeadGate, OfANewerProgramIsRefused) {
  write_records(1);
  tamper(directory.database(), "PRAGMA user_version = 2");
  EXPECT_THAT(fault(directory.database()), HasSubstr("newer program; update this one"));
}

TEST_F(TheStoreOfADeadGate, ThatIsAnOfficesIsRefused) {
  core::Record record = bench::record(1);
  record.own->owner.gate = core::GateId::office();
  write_record(record);
  EXPECT_THAT(fault(directory.database()), HasSubstr("store of a central service"));
}

TEST_F(TheStoreOfADeadGate, ThatHasWrittenNothingIsRefused) {
  write_records(0);
  const std::string why = fault(directory.database());
  EXPECT_THAT(why, HasSubstr("gone for good: parkingctl retire"));
  EXPECT_THAT(why, HasSubstr("runs with a newer store: permits of this one return with"));
}

TEST_F(TheStoreOfADeadGate, IsNotReadWhileItsProgramRuns) {
  int told[2];
  ASSERT_EQ(pipe(told), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto store = Store::open(directory.path(), bench::random(), nullptr);
    if (!store) _exit(1);
    (*store)->append(bench::record(1));
    (void)(*store)->events(1);
    if (write(told[1], "y", 1) != 1) _exit(1);
    while (true) pause();
  }
  char sign = 0;
  ASSERT_EQ(::read(told[0], &sign, 1), 1);
  EXPECT_THAT(fault(directory.database()), HasSubstr("in use by another program"));

  kill(child, SIGKILL);
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  EXPECT_EQ(read(directory.database()).value().own, bench::row(1));
  close(told[0]);
  close(told[1]);
}

TEST_F(TheStoreOfADeadGate, IsGivenUpWhenTheReaderStops) {
  write_records(1);
  std::stop_source stop;
  stop.request_stop();
  const auto remembered = read_gate_store(directory.database(), scratch(), stop.get_token());
  ASSERT_FALSE(remembered);
  EXPECT_THAT(remembered.error().text, HasSubstr("this program is stopping"));
}

}  // namespace
}  // namespace parking::store
