#include "tests/bench/bare_store.hpp"

#include <bit>
#include <stdexcept>

#include "app/store/schema.hpp"
#include "app/wire/convert.hpp"

namespace parking::bench {
namespace {

constexpr int longest_log_pages = 1000;  // as the store's
constexpr sqlite3_int64 max_events = 100'000;

int note_pages_in_log(void* pages, sqlite3*, const char*, int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

void bind_text(sqlite3_stmt* statement, int position, const std::string& text) {
  sqlite3_bind_text(statement, position, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

/// The store's own tables and settings, so that they cannot drift apart.
void make_tables(const std::filesystem::path& file) {
  auto database = store::Database::open(file, true);
  if (!database || !store::configure(*database) ||
      !store::make_schema(*database, core::Incarnation{1}))
    throw std::runtime_error("cannot make " + file.string());
}

}  // namespace

BareStore::BareStore(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const std::filesystem::path file = folder / "bare.db";
  make_tables(file);
  check(sqlite3_open_v2(file.c_str(), &database_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                        nullptr));
  run("PRAGMA locking_mode = EXCLUSIVE");
  run("PRAGMA journal_mode = WAL");
  run("PRAGMA synchronous = FULL");
  run("PRAGMA cache_size = -128");
  run("PRAGMA wal_autocheckpoint = 0");
  sqlite3_wal_hook(database_, &note_pages_in_log, &pages_in_log_);
  begin_ = statement("BEGIN IMMEDIATE");
  commit_ = statement("COMMIT");
  own_ = statement("INSERT OR REPLACE INTO own(only, bytes) VALUES (1, ?)");
  tag_ = statement("INSERT OR REPLACE INTO own_tag(version, tag) VALUES (?, ?)");
  clear_held_ = statement("DELETE FROM held");
  held_ = statement("INSERT INTO held(lane, count) VALUES (?, ?)");
  event_ = statement(
      "INSERT INTO event(wall_time_ms, kind, lane, text, inside, free) VALUES (?, ?, ?, ?, ?, ?)");
  trim_ = statement("DELETE FROM event WHERE number <= (SELECT max(number) FROM event) - ?");
}

BareStore::~BareStore() {
  for (sqlite3_stmt* each : {begin_, commit_, own_, tag_, clear_held_, held_, event_, trim_})
    sqlite3_finalize(each);
  sqlite3_close_v2(database_);
}

BareStore::Prepared BareStore::prepare(const core::Record& record) {
  return {record, record.own ? wire::encode_row(*record.own) : std::string()};
}

Nanoseconds BareStore::commit(const Prepared& prepared) {
  const Nanoseconds start = now();
  write(prepared);
  const Nanoseconds took = now() - start;
  if (pages_in_log_ >= longest_log_pages)
    check(
        sqlite3_wal_checkpoint_v2(database_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr));
  return took;
}

void BareStore::write(const Prepared& prepared) {
  run(begin_);
  sqlite3_bind_blob(own_, 1, prepared.row.data(), static_cast<int>(prepared.row.size()),
                    SQLITE_STATIC);
  run(own_);
  sqlite3_bind_int64(tag_, 1, ++version_);
  sqlite3_bind_int64(
      tag_, 2, prepared.record.own ? std::bit_cast<sqlite3_int64>(prepared.record.own->tag) : 0);
  run(tag_);
  run(clear_held_);
  for (const auto& [lane, count] : prepared.record.held) {
    bind_text(held_, 1, lane);
    sqlite3_bind_int64(held_, 2, count);
    run(held_);
  }
  for (const core::Event& event : prepared.record.events) write_event(event);
  run(commit_);
}

void BareStore::write_event(const core::Event& event) {
  sqlite3_bind_int64(event_, 1, event.wall_time_ms);
  bind_text(event_, 2, event.kind);
  bind_text(event_, 3, event.lane);
  bind_text(event_, 4, event.text);
  sqlite3_bind_int64(event_, 5, event.inside);
  sqlite3_bind_int64(event_, 6, event.free);
  run(event_);
  sqlite3_bind_int64(trim_, 1, max_events);
  run(trim_);
}

sqlite3_stmt* BareStore::statement(const char* sql) {
  sqlite3_stmt* prepared = nullptr;
  check(sqlite3_prepare_v2(database_, sql, -1, &prepared, nullptr));
  return prepared;
}

void BareStore::run(const char* sql) {
  check(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr));
}

void BareStore::run(sqlite3_stmt* statement) {
  const int code = sqlite3_step(statement);
  sqlite3_reset(statement);
  if (code != SQLITE_DONE) check(code == SQLITE_ROW ? SQLITE_MISUSE : code);
}

void BareStore::check(int code) {
  if (code != SQLITE_OK)
    throw std::runtime_error(std::string("the bare store failed: ") + sqlite3_errmsg(database_));
}

}  // namespace parking::bench
