#pragma once

#include <expected>

#include "app/core/types.hpp"
#include "app/store/sqlite.hpp"

namespace parking::store {

/// Kept in the file's header (PRAGMA user_version), where programs of any version can read it.
inline constexpr int schema_version = 1;

/// Makes the tables of an empty file, in one transaction.
SqlDone make_schema(Database& database, core::Incarnation incarnation);

/// Which schema a file says it has; 0: it is empty or no ledger.
std::expected<int, SqlError> schema_of(Database& database);

/// Whether its contents are as they were written. Error: SQLITE_CORRUPT when not.
SqlDone check_contents(Database& database);

/// How every connection works: one holder, write-ahead log, a sync in each commit.
SqlDone configure(Database& database);

}  // namespace parking::store
