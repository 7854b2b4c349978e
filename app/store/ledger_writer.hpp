#pragma once

#include <expected>
#include <span>
#include <vector>

#include "app/core/record.hpp"
#include "app/store/sqlite.hpp"

namespace parking::store {

/// How many events are kept; about 10 MB, a year of a small car park.
inline constexpr std::int64_t max_events = 100'000;

/// The prepared statements that put records into the file.
class LedgerWriter {
public:
  static std::expected<LedgerWriter, SqlError> make(Database& database);

  /// All of `records` in one transaction; on an error none of them.
  SqlDone write(Database& database, std::span<const core::Record> records);

private:
  LedgerWriter() = default;
  SqlDone write(const core::Record& record);
  SqlDone write_own(const core::Record& record);
  SqlDone write_others(const core::Record& record);
  SqlDone write_events(const std::vector<core::Event>& events);

  /// Positions in `statements_`.
  enum Name : std::size_t {
    begin,
    commit,
    rollback,
    own,
    own_tag,
    clear_held,
    held,
    learned,
    superseded,
    lot,
    peers,
    event,
    trim_events
  };
  Statement& statement(Name name) { return statements_[name]; }
  std::vector<Statement> statements_;
};

}  // namespace parking::store
