#include "app/store/sqlite.hpp"

#include <bit>

namespace parking::store {
namespace {

SqlError last_error(sqlite3* handle) {
  return {.code = sqlite3_extended_errcode(handle), .text = sqlite3_errmsg(handle)};
}

}  // namespace

std::expected<bool, SqlError> Statement::next() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    sqlite3_reset(handle_.get());
    return false;
  }
  SqlError error = last_error(sqlite3_db_handle(handle_.get()));
  sqlite3_reset(handle_.get());
  return std::unexpected(std::move(error));
}

SqlDone Statement::finish() {
  while (true) {
    const auto row = next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return {};
  }
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_.get(), column);
}

std::uint64_t Statement::number(int column) const {
  return std::bit_cast<std::uint64_t>(integer(column));
}

std::string Statement::bytes(int column) const {
  const void* data = sqlite3_column_blob(handle_.get(), column);
  const int size = sqlite3_column_bytes(handle_.get(), column);
  if (data == nullptr || size <= 0) return {};
  return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

void Statement::bind(int position, std::int64_t value) {
  sqlite3_bind_int64(handle_.get(), position, value);
}

void Statement::bind(int position, std::uint64_t value) {
  bind(position, std::bit_cast<std::int64_t>(value));
}

// A null destructor says that the caller keeps the bytes alive until the statement has run.
void Statement::bind(int position, std::string_view text) {
  const char* data = text.empty() ? "" : text.data();
  sqlite3_bind_text(handle_.get(), position, data, static_cast<int>(text.size()), nullptr);
}

void Statement::bind(int position, Blob blob) {
  const char* data = blob.bytes.empty() ? "" : blob.bytes.data();
  sqlite3_bind_blob(handle_.get(), position, data, static_cast<int>(blob.bytes.size()), nullptr);
}

std::expected<Database, SqlError> Database::open(const std::filesystem::path& file, bool create,
                                                 const char* vfs) {
  sqlite3* handle = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (create ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(file.c_str(), &handle, flags, vfs);
  Database database(handle);
  if (code == SQLITE_OK) return database;
  if (handle == nullptr) return std::unexpected(SqlError{SQLITE_NOMEM, "out of memory"});
  return std::unexpected(last_error(handle));
}

SqlDone Database::run(const char* sql) {
  if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return std::unexpected(last_error(handle_.get()));
}

std::expected<Statement, SqlError> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                      &statement, nullptr);
  if (code != SQLITE_OK) return std::unexpected(last_error(handle_.get()));
  return Statement(statement);
}

std::expected<std::string, SqlError> Database::value(std::string_view sql) {
  auto statement = prepare(sql);
  if (!statement) return std::unexpected(statement.error());
  const auto row = statement->next();
  if (!row) return std::unexpected(row.error());
  if (!*row) return std::unexpected(SqlError{SQLITE_ERROR, "no answer to " + std::string(sql)});
  return statement->bytes(0);
}

}  // namespace parking::store
