#include "app/store/schema.hpp"

#include <charconv>

namespace parking::store {
namespace {

// Random 64-bit numbers are stored as the signed integer of the same bits.
constexpr const char* tables = R"(
  CREATE TABLE meta(
    only INTEGER PRIMARY KEY CHECK (only = 1),
    incarnation INTEGER NOT NULL,
    lot INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE own(
    only INTEGER PRIMARY KEY CHECK (only = 1),
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE TABLE own_tag(
    version INTEGER PRIMARY KEY,
    tag INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE held(
    lane TEXT PRIMARY KEY,
    count INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE learned(
    incarnation INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE TABLE superseded(
    position INTEGER PRIMARY KEY,
    incarnation INTEGER NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE peers(
    only INTEGER PRIMARY KEY CHECK (only = 1),
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE TABLE event(
    number INTEGER PRIMARY KEY,
    wall_time_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    lane TEXT NOT NULL,
    text TEXT NOT NULL,
    inside INTEGER NOT NULL,
    free INTEGER NOT NULL
  ) STRICT;
)";

SqlDone fill(Database& database, core::Incarnation incarnation) {
  if (auto made = database.run(tables); !made) return made;
  auto meta = database.prepare("INSERT INTO meta(only, incarnation, lot) VALUES (1, ?, 0)");
  if (!meta) return std::unexpected(meta.error());
  if (auto written = meta->run(incarnation.value); !written) return written;
  const std::string version = "PRAGMA user_version = " + std::to_string(schema_version);
  return database.run(version.c_str());
}

}  // namespace

SqlDone make_schema(Database& database, core::Incarnation incarnation) {
  if (auto begun = database.run("BEGIN IMMEDIATE"); !begun) return begun;
  if (auto filled = fill(database, incarnation); !filled) return filled;
  return database.run("COMMIT");
}

std::expected<int, SqlError> schema_of(Database& database) {
  const auto text = database.value("PRAGMA user_version");
  if (!text) return std::unexpected(text.error());
  int version = 0;
  std::from_chars(text->data(), text->data() + text->size(), version);
  return version;
}

SqlDone check_contents(Database& database) {
  const auto verdict = database.value("PRAGMA quick_check(1)");
  if (!verdict) return std::unexpected(verdict.error());
  if (*verdict == "ok") return {};
  return std::unexpected(SqlError{SQLITE_CORRUPT, *verdict});
}

SqlDone configure(Database& database) {
  // Exclusive comes first: a log opened that way needs no shared-memory file. Checkpoints are made
  // by the writer, because SQLite's own keep their errors to themselves.
  if (auto done = database.run("PRAGMA locking_mode = EXCLUSIVE"); !done) return done;
  const auto mode = database.value("PRAGMA journal_mode = WAL");
  if (!mode) return std::unexpected(mode.error());
  if (*mode != "wal")
    return std::unexpected(SqlError{SQLITE_CANTOPEN, "no write-ahead log can be made"});
  if (auto done = database.run("PRAGMA synchronous = FULL"); !done) return done;
  // In KiB. A commit touches a handful of pages, always the same ones but for the newest tags and
  // events; SQLite's own 2 MB would only keep old ones.
  if (auto done = database.run("PRAGMA cache_size = -128"); !done) return done;
  return database.run("PRAGMA wal_autocheckpoint = 0");
}

}  // namespace parking::store
