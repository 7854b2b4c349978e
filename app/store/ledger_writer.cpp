#include "app/store/ledger_writer.hpp"

#include "app/wire/convert.hpp"

namespace parking::store {
namespace {

/// In the order of LedgerWriter::Name.
constexpr std::string_view texts[] = {
    "BEGIN IMMEDIATE",
    "COMMIT",
    "ROLLBACK",
    "INSERT OR REPLACE INTO own(only, bytes) VALUES (1, ?)",
    "INSERT OR REPLACE INTO own_tag(version, tag) VALUES (?, ?)",
    "DELETE FROM held",
    "INSERT INTO held(lane, count) VALUES (?, ?)",
    "INSERT OR REPLACE INTO learned(incarnation, bytes) VALUES (?, ?)",
    "INSERT OR IGNORE INTO superseded(incarnation) VALUES (?)",
    "UPDATE meta SET lot = ?",
    "INSERT OR REPLACE INTO peers(only, bytes) VALUES (1, ?)",
    "INSERT INTO event(wall_time_ms, kind, lane, text, inside, free) VALUES (?, ?, ?, ?, ?, ?)",
    "DELETE FROM event WHERE number <= (SELECT max(number) FROM event) - ?",
};

}  // namespace

std::expected<LedgerWriter, SqlError> LedgerWriter::make(Database& database) {
  static_assert(std::size(texts) == trim_events + 1);
  LedgerWriter writer;
  for (const std::string_view text : texts) {
    auto statement = database.prepare(text);
    if (!statement) return std::unexpected(statement.error());
    writer.statements_.push_back(std::move(*statement));
  }
  return writer;
}

SqlDone LedgerWriter::write(Database& database, std::span<const core::Record> records) {
  SqlDone done = statement(begin).run();
  for (const core::Record& record : records)
    if (done) done = write(record);
  if (done) done = statement(commit).run();
  // Some errors end the transaction by themselves, others leave it open.
  if (!done && database.in_transaction()) (void)statement(rollback).run();
  return done;
}

SqlDone LedgerWriter::write(const core::Record& record) {
  if (record.own)
    if (auto done = write_own(record); !done) return done;
  if (auto done = write_others(record); !done) return done;
  return write_events(record.events);
}

SqlDone LedgerWriter::write_own(const core::Record& record) {
  const core::Row& row = *record.own;
  if (auto done = statement(own).run(Blob{wire::encode_row(row)}); !done) return done;
  if (row.version != 0)
    if (auto done = statement(own_tag).run(row.version, row.tag); !done) return done;
  if (auto done = statement(clear_held).run(); !done) return done;
  for (const auto& [lane, count] : record.held)
    if (auto done = statement(held).run(std::string_view(lane), count); !done) return done;
  return {};
}

SqlDone LedgerWriter::write_others(const core::Record& record) {
  for (const core::RowCopy& copy : record.learned) {
    const std::string bytes = copy.bytes.empty() ? wire::encode_row(copy.row) : copy.bytes;
    const auto key = copy.row.owner.incarnation.value;
    if (auto done = statement(learned).run(key, Blob{bytes}); !done) return done;
  }
  for (const core::Incarnation incarnation : record.superseded)
    if (auto done = statement(superseded).run(incarnation.value); !done) return done;
  if (record.lot)
    if (auto done = statement(lot).run(record.lot->value); !done) return done;
  if (record.peers) return statement(peers).run(Blob{wire::encode_peer_list(*record.peers)});
  return {};
}

SqlDone LedgerWriter::write_events(const std::vector<core::Event>& events) {
  if (events.empty()) return {};
  for (const core::Event& e : events) {
    auto done =
        statement(event).run(e.wall_time_ms, std::string_view(e.kind), std::string_view(e.lane),
                             std::string_view(e.text), e.inside, e.free);
    if (!done) return done;
  }
  return statement(trim_events).run(max_events);
}

}  // namespace parking::store
