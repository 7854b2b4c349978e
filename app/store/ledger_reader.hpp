#pragma once

#include <expected>
#include <string>
#include <vector>

#include "app/core/record.hpp"
#include "app/store/sqlite.hpp"

namespace parking::store {

/// Everything that the file remembers. Error: SQLITE_CORRUPT, too, when what was read makes no
/// sense.
std::expected<core::Remembered, SqlError> read_remembered(Database& database);

/// The newest `limit` events with a lower number than `before` (0: of all), oldest first.
std::expected<std::vector<core::Event>, SqlError> read_events(Database& database, std::size_t limit,
                                                              std::uint64_t before);

}  // namespace parking::store
