#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/store/store.hpp"
#include "tests/unit/app/store/bench.hpp"
#include "tests/unit/app/store/faulty_disk.hpp"

namespace parking::store {
namespace {

namespace fs = std::filesystem;
using bench::Listener;
using core::Incarnation;
using testing::HasSubstr;

struct OpeningAStore : testing::Test {
  OpeningAStore() { faulty_disk::install(); }

  void write_records(core::RecordNumber last) {
    const auto store = bench::open(directory, listener);
    for (core::RecordNumber number = 1; number <= last; ++number)
      store->append(bench::record(number));
  }

  /// Runs SQL on the closed store, as a fault in the file would change it.
  void tamper(const char* sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(directory.database().c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database);
    sqlite3_close(database);
  }

  void expect_fresh_and_set_aside() {
    const auto store = bench::open(directory, listener, 77);
    EXPECT_TRUE(store->opened().fresh);
    EXPECT_EQ(store->opened().remembered.incarnation, Incarnation{77});
    EXPECT_EQ(store->opened().remembered.own, std::nullopt);
    const fs::path aside = directory.path() / "ledger.db.unreadable-1";
    EXPECT_TRUE(fs::exists(aside));
    EXPECT_THAT(store->opened().note, HasSubstr(aside.string()));
    store->append(bench::record(1));
  }

  bench::TemporaryDirectory directory;
  Listener listener;
};

TEST_F(OpeningAStore, MakesItsDirectory) {
  const auto store =
      Store::open(directory.path() / "a" / "b", bench::random(), listener.committed());
  ASSERT_TRUE(store) << store.error().text;
  EXPECT_TRUE(fs::exists(directory.path() / "a" / "b" / "ledger.db"));
}

TEST_F(OpeningAStore, SaysWhatToDoWhenItsDirectoryCannotBe) {
  std::ofstream(directory.path() / "file") << "x";
  const auto store =
      Store::open(directory.path() / "file" / "state", bench::random(), listener.committed());
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().kind, Error::Kind::unusable);
  EXPECT_THAT(store.error().text, HasSubstr("check state_dir"));
}

TEST_F(OpeningAStore, SetsAsideAFileOfGarbage) {
  std::ofstream(directory.database()) << std::string(10'000, 'g');
  expect_fresh_and_set_aside();
}

TEST_F(OpeningAStore, SetsAsideAnEmptyFile) {
  std::ofstream(directory.database()).flush();
  expect_fresh_and_set_aside();
}

TEST_F(OpeningAStore, SetsAsideAFileThatWasCutShort) {
  write_records(500);
  const auto size = fs::file_size(directory.database());
  fs::resize_file(directory.database(), size / 2);
  expect_fresh_and_set_aside();
}

TEST_F(OpeningAStore, SetsAsideAFileWithBytesOverwritten) {
  write_records(500);
  std::fstream file(directory.database(), std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096) << std::string(8192, '\x5a');
  file.close();
  expect_fresh_and_set_aside();
}

TEST_F(OpeningAStore, SetsAsideADatabaseThatIsNoLedger) {
  tamper("CREATE TABLE songs(title TEXT)");
  expect_fresh_and_set_aside();
}

TEST_F(OpeningAStore, SetsAsideALedgerWithATableMissing) {
  write_records(3);
  tamper("DROP TABLE learned");
  expect_fresh_and_set_aside();
}

TEST_F(OpeningAStore, SetsAsideALedgerWhoseOwnRowCannotBeRead) {
  write_records(3);
  tamper("UPDATE own SET bytes = x'ffff'");
  expect_fresh_and_set_aside();
}

TEST_F(OpeningAStore, SetsAsideALedgerWhoseOwnRowIsOfAnother) {
  write_records(3);
  tamper("UPDATE meta SET incarnation = 5");
  expect_fresh_and_set_aside();
}

TEST_F(OpeningAStore, SetsAsideALedgerThatLostTags) {
  write_records(3);
  tamper("DELETE FROM own_tag WHERE version = 3");
  expect_fresh_and_set_aside();
}

TEST_F(OpeningAStore, SetsAsideALogWithoutItsDatabase) {
  std::ofstream(directory.path() / "ledger.db-wal") << "left over";
  const auto store = bench::open(directory, listener);
  EXPECT_TRUE(store->opened().fresh);
  EXPECT_TRUE(fs::exists(directory.path() / "ledger.db.unreadable-1-wal"));
}

TEST_F(OpeningAStore, NeverOverwritesWhatWasSetAsideBefore) {
  for (const char* name : {"ledger.db.unreadable-1", "ledger.db.unreadable-2"}) {
    std::ofstream(directory.database()) << "garbage of " << name;
    const auto store = bench::open(directory, listener);
    EXPECT_TRUE(fs::exists(directory.path() / name));
  }
}

TEST_F(OpeningAStore, LeavesOutALearnedRowThatCannotBeRead) {
  write_records(3);
  tamper("INSERT INTO learned(incarnation, bytes) VALUES (5, x'ffff')");
  const auto store = bench::open(directory, listener);
  EXPECT_FALSE(store->opened().fresh);
  EXPECT_TRUE(store->opened().remembered.learned.empty());
}

TEST_F(OpeningAStore, RefusesAFileOfANewerProgramAndLeavesItAlone) {
  write_records(3);
  tamper("PRAGMA user_version = 2");
  const auto store = Store::open(directory.path(), bench::random(), listener.committed());
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().kind, Error::Kind::unusable);
  EXPECT_THAT(store.error().text, HasSubstr("update this program"));
  tamper("PRAGMA user_version = 1");
  EXPECT_EQ(bench::open(directory, listener)->opened().remembered.own, bench::row(3));
}

TEST_F(OpeningAStore, IsRefusedWhileAnotherHasIt) {
  const auto store = bench::open(directory, listener);
  const auto second = Store::open(directory.path(), bench::random(), listener.committed());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, Error::Kind::unusable);
  EXPECT_THAT(second.error().text, HasSubstr("in use by another program; stop that one"));
  store->close();
  EXPECT_TRUE(Store::open(directory.path(), bench::random(), listener.committed()));
}

TEST_F(OpeningAStore, IsRefusedWhileAnotherProcessHasIt) {
  int told[2];
  ASSERT_EQ(pipe(told), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto store = Store::open(directory.path(), bench::random(), nullptr);
    const char sign = store ? 'y' : 'n';
    if (write(told[1], &sign, 1) != 1) _exit(1);
    while (true) pause();
  }
  char sign = 0;
  ASSERT_EQ(read(told[0], &sign, 1), 1);
  EXPECT_EQ(sign, 'y');
  EXPECT_FALSE(Store::open(directory.path(), bench::random(), listener.committed()));

  kill(child, SIGKILL);
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  EXPECT_TRUE(Store::open(directory.path(), bench::random(), listener.committed()));
  close(told[0]);
  close(told[1]);
}

TEST_F(OpeningAStore, LeavesNothingBehindWhenTheDiskIsFull) {
  faulty_disk::set(faulty_disk::Fault::full);
  const auto store = Store::open(directory.path(), bench::random(), listener.committed());
  faulty_disk::set(faulty_disk::Fault::none);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().kind, Error::Kind::disk_full);
  EXPECT_FALSE(fs::exists(directory.database()));
}

}  // namespace
}  // namespace parking::store
