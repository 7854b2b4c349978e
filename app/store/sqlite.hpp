#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include <sqlite3.h>

/// SQLite with owners and with errors as values; knows nothing of parking.
namespace parking::store {

struct SqlError {
  int code = SQLITE_ERROR;  ///< extended result code
  std::string text;
  /// The code without its extension, for example SQLITE_IOERR.
  [[nodiscard]] int primary() const { return code & 0xff; }
};
using SqlDone = std::expected<void, SqlError>;

/// Bytes that are no text.
struct Blob {
  std::string_view bytes;
};

/// A prepared statement. Must not outlive its database.
class Statement {
public:
  explicit Statement(sqlite3_stmt* handle) : handle_(handle) {}

  /// Gives the parameters their values, in order, and runs to the end.
  template <typename... Values>
  SqlDone run(const Values&... values) {
    bind_all(values...);
    const SqlDone done = finish();
    return done;
  }

  /// Gives the parameters their values; rows are then taken with `next`. Texts and blobs must
  /// live until the last row is taken.
  template <typename... Values>
  void start(const Values&... values) {
    bind_all(values...);
  }
  /// Steps to the next row; false: there is none.
  std::expected<bool, SqlError> next();
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::uint64_t number(int column) const;
  [[nodiscard]] std::string bytes(int column) const;

private:
  template <typename... Values>
  void bind_all(const Values&... values) {
    sqlite3_reset(handle_.get());
    int position = 0;
    (bind(++position, values), ...);
  }
  void bind(int position, std::int64_t value);
  void bind(int position, std::uint64_t value);
  void bind(int position, std::string_view text);
  void bind(int position, Blob blob);
  SqlDone finish();

  struct Finalize {
    void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// One connection, for use by one thread at a time.
class Database {
public:
  /// Opens an existing file, or with `create` makes it. `vfs`: the name of a file layer that was
  /// registered with SQLite; null: the system's files.
  static std::expected<Database, SqlError> open(const std::filesystem::path& file, bool create,
                                                const char* vfs = nullptr);

  SqlDone run(const char* sql);
  std::expected<Statement, SqlError> prepare(std::string_view sql);
  /// The first column of the first row. Error: none, too.
  std::expected<std::string, SqlError> value(std::string_view sql);

  [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
  [[nodiscard]] sqlite3* handle() const { return handle_.get(); }

private:
  explicit Database(sqlite3* handle) : handle_(handle) {}
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

}  // namespace parking::store
