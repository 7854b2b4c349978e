#pragma once

#include "app/core/types.hpp"
#include "app/store/sqlite.hpp"

namespace parking::store {

/// Kept in the file's header (PRAGMA user_version), where programs of any version can read it.
inline constexpr int schema_version = 1;

/// Makes the tables of an empty file, in one transaction.
SqlDone make_schema(Database& database, core::Incarnation incarnation);

/// How every connection works: one holder, write-ahead log, a sync in each commit.
SqlDone configure(Database& database);

}  // namespace parking::store
