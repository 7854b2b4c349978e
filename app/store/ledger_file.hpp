#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/core/record.hpp"
#include "app/store/directory.hpp"
#include "app/store/ledger_writer.hpp"
#include "app/store/sqlite.hpp"
#include "app/store/store.hpp"

namespace parking::store {

/// What an SQLite error means for a store that is writing.
Error to_error(const SqlError& error);

/// What carries a ledger file: the system's own files, or a disk of a test. SQLite's file layers
/// have no call that makes the name of a new database durable, so that comes beside.
struct FileLayer {
  const char* vfs = nullptr;  ///< as for Database::open
  std::function<std::expected<void, Error>(const std::filesystem::path&)> sync_directory =
      &store::sync_directory;
};

/// One ledger.db. Used by one thread at a time; has no thread of its own.
class LedgerFile {
public:
  /// Why a file was not opened.
  struct Failure {
    bool unreadable = false;  ///< damaged or no ledger at all: set it aside. Else: leave it alone
    Error error;
  };

  /// Makes a new file; there must be none.
  static std::expected<LedgerFile, Error> make(const std::filesystem::path& file,
                                               core::Incarnation incarnation,
                                               const FileLayer& layer = {});
  /// Opens an existing one and checks it.
  static std::expected<LedgerFile, Failure> open(const std::filesystem::path& file,
                                                 const FileLayer& layer = {});

  /// What the file held when it was opened.
  core::Remembered take_remembered() { return std::move(remembered_); }

  /// What was opened stays whatever happens to the power. Before that it need not: a program that
  /// was killed between writing a commit and syncing it leaves it for the next one to see, and
  /// perhaps not on the disk. Nobody may be told of it before this.
  SqlDone make_durable() { return move_log(); }

  /// All of `records` become durable, or none.
  SqlDone write(std::span<const core::Record> records);
  /// Moves the log into the file when the log has become long.
  SqlDone checkpoint_when_due();
  std::expected<std::vector<core::Event>, SqlError> events(std::size_t limit, std::uint64_t before);

  /// Closing will not touch the disk any more.
  void abandon();

private:
  SqlDone move_log();
  LedgerFile(Database database, LedgerWriter writer, core::Remembered remembered);
  static std::expected<LedgerFile, SqlError> prepare(Database database);

  Database database_;
  LedgerWriter writer_;  // after database_: statements go first
  core::Remembered remembered_;
  std::unique_ptr<int> pages_in_log_;  // on the heap: SQLite holds its address
};

}  // namespace parking::store
