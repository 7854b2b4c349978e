#include "app/store/ledger_reader.hpp"

#include <algorithm>
#include <limits>

#include "app/wire/convert.hpp"

namespace parking::store {
namespace {

/// Each record raises the own row's version by one; a wider gap in the tags is damage.
constexpr core::Version widest_gap = 1000;

SqlError damaged(std::string text) {
  return {.code = SQLITE_CORRUPT, .text = std::move(text)};
}

template <typename TakeRow>
SqlDone for_each(Database& database, std::string_view sql, TakeRow take_row) {
  auto statement = database.prepare(sql);
  if (!statement) return std::unexpected(statement.error());
  while (true) {
    const auto row = statement->next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return {};
    if (SqlDone taken = take_row(*statement); !taken) return taken;
  }
}

SqlDone read_meta(Database& database, core::Remembered& out) {
  return for_each(database, "SELECT incarnation, lot FROM meta",
                  [&](const Statement& row) -> SqlDone {
                    out.incarnation = core::Incarnation{row.number(0)};
                    out.lot = core::LotId{row.number(1)};
                    return {};
                  });
}

SqlDone read_own(Database& database, core::Remembered& out) {
  return for_each(database, "SELECT bytes FROM own", [&](const Statement& row) -> SqlDone {
    auto copy = wire::decode_row(row.bytes(0));
    if (!copy) return std::unexpected(damaged("the own row cannot be read: " + copy.error().text));
    if (copy->row.owner.incarnation != out.incarnation)
      return std::unexpected(damaged("the own row is of another incarnation"));
    out.own = std::move(copy->row);
    return {};
  });
}

SqlDone read_tags(Database& database, core::Remembered& out) {
  const auto take = [&](const Statement& row) -> SqlDone {
    const core::Version version = row.number(0);
    if (version <= out.past_tags.size() || version - out.past_tags.size() > widest_gap)
      return std::unexpected(damaged("tags of the own row are missing"));
    out.past_tags.resize(version);
    out.past_tags.back() = row.number(1);
    return {};
  };
  if (auto read = for_each(database, "SELECT version, tag FROM own_tag ORDER BY version", take);
      !read)
    return read;
  if (!out.own || out.own->version == 0) return {};
  if (out.past_tags.size() != out.own->version || out.past_tags.back() != out.own->tag)
    return std::unexpected(damaged("the own row and its tags do not match"));
  return {};
}

SqlDone read_held(Database& database, core::Remembered& out) {
  return for_each(database, "SELECT lane, count FROM held", [&](const Statement& row) -> SqlDone {
    out.held[row.bytes(0)] = row.integer(1);
    return {};
  });
}

SqlDone read_learned(Database& database, core::Remembered& out) {
  return for_each(database, "SELECT bytes FROM learned", [&](const Statement& row) -> SqlDone {
    // One that cannot be read is learned again from its owner; that is no reason to end a store.
    if (auto copy = wire::decode_row(row.bytes(0))) out.learned.push_back(std::move(*copy));
    return {};
  });
}

SqlDone read_superseded(Database& database, core::Remembered& out) {
  return for_each(database, "SELECT incarnation FROM superseded ORDER BY position",
                  [&](const Statement& row) -> SqlDone {
                    out.superseded.push_back(core::Incarnation{row.number(0)});
                    return {};
                  });
}

SqlDone read_peers(Database& database, core::Remembered& out) {
  return for_each(database, "SELECT bytes FROM peers", [&](const Statement& row) -> SqlDone {
    if (auto list = wire::decode_peer_list(row.bytes(0))) out.peers = std::move(*list);
    return {};
  });
}

}  // namespace

std::expected<core::Remembered, SqlError> read_remembered(Database& database) {
  core::Remembered remembered;
  for (const auto read : {&read_meta, &read_own, &read_tags, &read_held, &read_learned,
                          &read_superseded, &read_peers})
    if (const SqlDone done = read(database, remembered); !done)
      return std::unexpected(done.error());
  if (remembered.incarnation.empty()) return std::unexpected(damaged("it has no incarnation"));
  return remembered;
}

std::expected<std::vector<core::Event>, SqlError> read_events(Database& database, std::size_t limit,
                                                              std::uint64_t before) {
  auto statement = database.prepare(
      "SELECT number, wall_time_ms, kind, lane, text, inside, free FROM event "
      "WHERE number < ? ORDER BY number DESC LIMIT ?");
  if (!statement) return std::unexpected(statement.error());
  constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  statement->start(before == 0 ? most : std::min(before, most),
                   std::min<std::uint64_t>(limit, most));

  std::vector<core::Event> events;
  while (true) {
    const auto row = statement->next();
    if (!row) return std::unexpected(row.error());
    if (!*row) break;
    events.push_back({.number = statement->number(0),
                      .wall_time_ms = statement->integer(1),
                      .kind = statement->bytes(2),
                      .lane = statement->bytes(3),
                      .text = statement->bytes(4),
                      .inside = statement->integer(5),
                      .free = statement->integer(6)});
  }
  std::ranges::reverse(events);
  return events;
}

}  // namespace parking::store
