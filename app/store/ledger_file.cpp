#include "app/store/ledger_file.hpp"

#include "app/store/ledger_reader.hpp"
#include "app/store/schema.hpp"

namespace parking::store {
namespace {

/// SQLite's own default; 4 MB.
constexpr int longest_log_pages = 1000;

int note_pages_in_log(void* pages, sqlite3*, const char*, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

/// Whether the contents are at fault, and not the way to them.
bool is_damage(const SqlError& error) {
  switch (error.primary()) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_ERROR:  // a table is missing or has other columns
    case SQLITE_FORMAT:
    case SQLITE_SCHEMA:
      return true;
    default:
      return error.code == SQLITE_IOERR_SHORT_READ;
  }
}

LedgerFile::Failure to_failure(const std::filesystem::path& file, const SqlError& error) {
  if (is_damage(error)) return {.unreadable = true, .error = {Error::Kind::unusable, error.text}};
  if (error.primary() == SQLITE_FULL || error.primary() == SQLITE_IOERR)
    return {.unreadable = false, .error = to_error(error)};
  return {.unreadable = false,
          .error = {Error::Kind::unusable,
                    "cannot open " + file.string() + ": " + error.text +
                        "; check that no other program has it open and that the user who runs "
                        "this program may write it"}};
}

LedgerFile::Failure newer_schema(const std::filesystem::path& file, int found) {
  return {.unreadable = false,
          .error = {Error::Kind::unusable,
                    file.string() + " was written by a newer program (schema " +
                        std::to_string(found) + ", this one knows " +
                        std::to_string(schema_version) + "); update this program"}};
}

}  // namespace

Error to_error(const SqlError& error) {
  if (error.primary() == SQLITE_FULL)
    return {Error::Kind::disk_full,
            "the disk is full (" + error.text + "); make room, then it goes on by itself"};
  return {Error::Kind::io, "the disk failed (" + error.text + ", code " +
                               std::to_string(error.code) +
                               "); restart the machine and check its card"};
}

LedgerFile::LedgerFile(Database database, LedgerWriter writer, core::Remembered remembered)
    : database_(std::move(database)),
      writer_(std::move(writer)),
      remembered_(std::move(remembered)),
      pages_in_log_(std::make_unique<int>(0)) {
  sqlite3_wal_hook(database_.handle(), &note_pages_in_log, pages_in_log_.get());
}

std::expected<LedgerFile, SqlError> LedgerFile::prepare(Database database) {
  auto remembered = read_remembered(database);
  if (!remembered) return std::unexpected(remembered.error());
  auto writer = LedgerWriter::make(database);
  if (!writer) return std::unexpected(writer.error());
  return LedgerFile(std::move(database), std::move(*writer), std::move(*remembered));
}

std::expected<LedgerFile, Error> LedgerFile::make(const std::filesystem::path& file,
                                                  core::Incarnation incarnation,
                                                  const FileLayer& layer) {
  const auto failed = [&](const SqlError& error) {
    return std::unexpected(to_failure(file, error).error);
  };
  auto database = Database::open(file, true, layer.vfs);
  if (!database) return failed(database.error());
  if (const auto done = configure(*database); !done) return failed(done.error());
  if (const auto done = make_schema(*database, incarnation); !done) return failed(done.error());
  if (const auto synced = layer.sync_directory(file.parent_path()); !synced)
    return std::unexpected(synced.error());
  auto ledger = prepare(std::move(*database));
  if (!ledger) return failed(ledger.error());
  return std::move(*ledger);
}

std::expected<LedgerFile, LedgerFile::Failure> LedgerFile::open(const std::filesystem::path& file,
                                                                const FileLayer& layer) {
  const auto failed = [&](const SqlError& error) {
    return std::unexpected(to_failure(file, error));
  };
  auto database = Database::open(file, false, layer.vfs);
  if (!database) return failed(database.error());
  if (const auto done = database->run("PRAGMA locking_mode = EXCLUSIVE"); !done)
    return failed(done.error());
  if (sqlite3_db_readonly(database->handle(), "main") == 1)
    return failed(SqlError{SQLITE_READONLY, "it may only be read"});
  const auto schema = schema_of(*database);
  if (!schema) return failed(schema.error());
  if (*schema > schema_version) return std::unexpected(newer_schema(file, *schema));
  if (*schema < schema_version) return failed(SqlError{SQLITE_CORRUPT, "it is empty or no ledger"});
  if (const auto done = configure(*database); !done) return failed(done.error());
  if (const auto done = check_contents(*database); !done) return failed(done.error());
  auto ledger = prepare(std::move(*database));
  if (!ledger) return failed(ledger.error());
  return std::move(*ledger);
}

SqlDone LedgerFile::write(std::span<const core::Record> records) {
  return writer_.write(database_, records);
}

SqlDone LedgerFile::checkpoint_when_due() {
  if (*pages_in_log_ < longest_log_pages) return {};
  return move_log();
}

// SQLite syncs the log, and the names in its folder, before it moves anything.
SqlDone LedgerFile::move_log() {
  const int code = sqlite3_wal_checkpoint_v2(database_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                             nullptr, nullptr);
  // The log still holds everything, so a full disk can wait; the next commit tries again.
  if (code == SQLITE_OK || (code & 0xff) == SQLITE_FULL) return {};
  return std::unexpected(SqlError{code, sqlite3_errmsg(database_.handle())});
}

std::expected<std::vector<core::Event>, SqlError> LedgerFile::events(std::size_t limit,
                                                                     std::uint64_t before) {
  return read_events(database_, limit, before);
}

void LedgerFile::abandon() {
  sqlite3_db_config(database_.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

}  // namespace parking::store
