#include "tests/support/forgetting_disk.hpp"

#include <set>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/support/forgetting_vfs.hpp"

namespace parking::test_support {
namespace {

using Done = ForgettingDisk::Done;

constexpr std::uint64_t many_seeds = 200;

TEST(AForgettingDisk, KeepsWhatWasSynced) {
  for (std::uint64_t seed = 1; seed <= many_seeds; ++seed) {
    ForgettingDisk disk(seed);
    const auto file = disk.make("a");
    EXPECT_EQ(disk.write(*file, 0, "synced"), Done::yes);
    EXPECT_EQ(disk.sync(*file), Done::yes);
    EXPECT_TRUE(disk.sync_directory());
    EXPECT_EQ(disk.write(*file, 6, " and not"), Done::yes);
    EXPECT_EQ(file->seen(), "synced and not");
    disk.cut_power();
    EXPECT_TRUE(disk.find("a")->seen().starts_with("synced"));
  }
}

TEST(AForgettingDisk, KeepsLosesOrTearsEachSectorOfAnUnsyncedWrite) {
  const std::string old(4 * ForgettingFile::sector_bytes, 'o');
  const std::string fresh(2 * ForgettingFile::sector_bytes, 'n');
  std::set<std::string> kinds;
  for (std::uint64_t seed = 1; seed <= many_seeds; ++seed) {
    ForgettingDisk disk(seed);
    const auto file = disk.make("a");
    (void)disk.write(*file, 0, old);
    (void)disk.sync(*file);
    (void)disk.sync_directory();
    (void)disk.write(*file, ForgettingFile::sector_bytes, fresh);
    disk.cut_power();
    const std::string left = disk.find("a")->seen();
    ASSERT_EQ(left.size(), old.size());
    EXPECT_EQ(left.substr(0, 512), old.substr(0, 512)) << "outside of what was written";
    EXPECT_EQ(left.substr(3 * 512), old.substr(3 * 512)) << "outside of what was written";
    for (const std::size_t sector : {1U, 2U}) {
      const std::string bytes = left.substr(sector * 512, 512);
      kinds.insert(bytes == std::string(512, 'o')                       ? "lost"
                   : bytes == std::string(512, 'n')                     ? "kept"
                   : bytes.find_first_not_of("on") == std::string::npos ? "half"
                                                                        : "anything");
    }
  }
  EXPECT_EQ(kinds, (std::set<std::string>{"anything", "half", "kept", "lost"}));
}

TEST(AForgettingDisk, MayForgetANameUntilTheDirectoryIsSynced) {
  std::set<bool> there;
  for (std::uint64_t seed = 1; seed <= many_seeds; ++seed) {
    ForgettingDisk disk(seed);
    const auto file = disk.make("a");
    (void)disk.write(*file, 0, "bytes");
    (void)disk.sync(*file);
    disk.cut_power();
    there.insert(disk.find("a") != nullptr);
    if (const auto left = disk.find("a")) {
      EXPECT_EQ(left->seen(), "bytes");
    }
  }
  EXPECT_EQ(there, (std::set<bool>{false, true}));
}

TEST(AForgettingDisk, MayBringBackWhatWasRemovedOrRenamed) {
  std::set<std::string> left;
  for (std::uint64_t seed = 1; seed <= many_seeds; ++seed) {
    ForgettingDisk disk(seed);
    disk.put_back({{"old", "1"}, {"removed", "2"}});
    EXPECT_TRUE(disk.rename("old", "new"));
    EXPECT_TRUE(disk.remove("removed"));
    EXPECT_FALSE(disk.find("old"));
    disk.cut_power();
    std::string names;
    for (const auto& [name, bytes] : disk.durable_files()) names += name + " ";
    left.insert(names);
  }
  EXPECT_EQ(left, (std::set<std::string>{"new ", "new removed ", "old ", "old removed "}));
}

TEST(AForgettingDisk, ShowsAfterAFailedSyncWhatItMayNotHave) {
  std::set<std::string> durable;
  for (std::uint64_t seed = 1; seed <= many_seeds; ++seed) {
    ForgettingDisk disk(seed);
    disk.put_back({{"a", "old"}});
    const auto file = disk.find("a");
    (void)disk.write(*file, 0, "new");
    disk.fail_sync();
    EXPECT_EQ(disk.sync(*file), Done::failed);
    EXPECT_EQ(disk.sync(*file), Done::yes) << "the system says so once";
    EXPECT_EQ(file->seen(), "new");
    durable.insert(disk.durable_files().at("a"));
    disk.cut_power();
    EXPECT_EQ(disk.find("a")->seen(), disk.durable_files().at("a"));
  }
  EXPECT_TRUE(durable.contains("old"));
  EXPECT_TRUE(durable.contains("new"));
}

TEST(AForgettingDisk, ThatIsFullTakesWhatNeedsNoRoom) {
  ForgettingDisk disk(1);
  disk.put_back({{"a", "12"}});
  disk.set_full(true);
  EXPECT_EQ(disk.write(*disk.find("a"), 1, "x"), Done::yes);
  EXPECT_EQ(disk.write(*disk.find("a"), 1, "xy"), Done::full);
  disk.set_full(false);
  EXPECT_EQ(disk.write(*disk.find("a"), 1, "xy"), Done::yes);
  EXPECT_EQ(disk.find("a")->seen(), "1xy");
}

TEST(AForgettingDisk, StopsWhereItWasTold) {
  ForgettingDisk disk(1);
  const auto file = disk.make("a");
  disk.stop_after(2);
  EXPECT_EQ(disk.write(*file, 0, "1"), Done::yes);
  EXPECT_EQ(disk.write(*file, 1, "2"), Done::yes);
  EXPECT_FALSE(disk.has_stopped());
  EXPECT_EQ(disk.sync(*file), Done::failed);
  EXPECT_TRUE(disk.has_stopped());
  EXPECT_EQ(disk.write(*file, 2, "3"), Done::failed);
  EXPECT_FALSE(disk.remove("a"));
  disk.go_on();
  EXPECT_EQ(file->seen(), "12") << "the program was ended, not the machine";
  EXPECT_EQ(disk.sync(*file), Done::yes);
}

/// A database of SQLite's on a forgetting disk.
class Sqlite {
public:
  explicit Sqlite(const ForgettingVfs& vfs) {
    sqlite3_open_v2("db", &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs.name());
  }
  ~Sqlite() { sqlite3_close(handle_); }
  Sqlite(const Sqlite&) = delete;
  Sqlite& operator=(const Sqlite&) = delete;

  int run(const char* sql) { return sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr); }
  int rows() {
    int count = -1;
    const auto take = [](void* to, int, char** values, char**) {
      *static_cast<int*>(to) = std::atoi(values[0]);
      return 0;
    };
    sqlite3_exec(handle_, "SELECT count(*) FROM t", take, &count, nullptr);
    return count;
  }

private:
  sqlite3* handle_ = nullptr;
};

/// How many seeds lose a row that a commit has reported.
std::uint64_t seeds_that_lose(const char* synchronous, const char* journal) {
  std::uint64_t lost = 0;
  for (std::uint64_t seed = 1; seed <= many_seeds; ++seed) {
    ForgettingDisk disk(seed);
    const ForgettingVfs vfs(disk);
    {
      Sqlite sqlite(vfs);
      EXPECT_EQ(sqlite.run("PRAGMA locking_mode = EXCLUSIVE"), SQLITE_OK);
      EXPECT_EQ(sqlite.run(journal), SQLITE_OK);
      EXPECT_EQ(sqlite.run("CREATE TABLE t(x)"), SQLITE_OK);
      EXPECT_EQ(sqlite.run(synchronous), SQLITE_OK);
      EXPECT_EQ(sqlite.run("INSERT INTO t VALUES (1)"), SQLITE_OK);
      disk.stop_after(0);
    }
    disk.cut_power();
    Sqlite again(vfs);
    EXPECT_EQ(again.run("PRAGMA locking_mode = EXCLUSIVE"), SQLITE_OK);
    lost += again.rows() == 1 ? 0 : 1;
  }
  return lost;
}

TEST(SqliteOnAForgettingDisk, KeepsWhatItReportsWhenItSyncs) {
  EXPECT_EQ(seeds_that_lose("PRAGMA synchronous = FULL", "PRAGMA journal_mode = WAL"), 0U);
  // EXTRA: SQLite syncs the directory after it has removed a journal only then.
  EXPECT_EQ(seeds_that_lose("PRAGMA synchronous = EXTRA", "PRAGMA journal_mode = DELETE"), 0U);
}

TEST(SqliteOnAForgettingDisk, LosesWhatItReportsWhenItDoesNotSync) {
  EXPECT_GT(seeds_that_lose("PRAGMA synchronous = NORMAL", "PRAGMA journal_mode = WAL"), 0U);
  EXPECT_GT(seeds_that_lose("PRAGMA synchronous = OFF", "PRAGMA journal_mode = DELETE"), 0U);
}

}  // namespace
}  // namespace parking::test_support
