#pragma once

#include <filesystem>
#include <string>

#include <sqlite3.h>

#include "app/core/record.hpp"
#include "tests/bench/clock.hpp"

namespace parking::bench {

/// The baseline of everything that must be durable: a record put into SQLite with the same tables,
/// statements and settings (WAL, synchronous=FULL) as the store's, but on the caller's thread and
/// by nothing but SQLite's own functions.
class BareStore {
public:
  /// Makes `folder` and a database in it. Throws std::runtime_error, as all of this does.
  explicit BareStore(const std::filesystem::path& folder);
  ~BareStore();
  BareStore(const BareStore&) = delete;
  BareStore& operator=(const BareStore&) = delete;

  /// A record whose row has been encoded already.
  struct Prepared {
    core::Record record;
    std::string row;
  };
  static Prepared prepare(const core::Record& record);

  /// How long the commit took. Moves the log into the file when it is long, outside that time.
  Nanoseconds commit(const Prepared& prepared);

private:
  sqlite3_stmt* statement(const char* sql);
  void run(const char* sql);
  void run(sqlite3_stmt* statement);
  void check(int code);
  void write(const Prepared& prepared);
  void write_event(const core::Event& event);

  sqlite3* database_ = nullptr;
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* commit_ = nullptr;
  sqlite3_stmt* own_ = nullptr;
  sqlite3_stmt* tag_ = nullptr;
  sqlite3_stmt* clear_held_ = nullptr;
  sqlite3_stmt* held_ = nullptr;
  sqlite3_stmt* event_ = nullptr;
  sqlite3_stmt* trim_ = nullptr;
  sqlite3_int64 version_ = 0;
  int pages_in_log_ = 0;
};

}  // namespace parking::bench
