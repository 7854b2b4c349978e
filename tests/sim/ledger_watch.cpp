#include "tests/sim/ledger_watch.hpp"

#include <algorithm>
#include <ranges>

namespace parking::sim {
namespace {

bool has_shrunk(const RowChange& c) {
  return c.admitted < 0 || c.entered < 0 || c.backed_out < 0 || c.unadmitted < 0 || c.left < 0;
}

template <typename Function>
void for_each_row(const core::Message& message, const Function& function) {
  std::visit(
      [&](const auto& m) {
        if constexpr (requires { m.row.row; }) function(m.row.row);
        if constexpr (requires { m.rows; })
          for (const core::AgedRow& row : m.rows) function(row.copy.row);
      },
      message);
}

template <typename Function>
void for_each_mark(const core::Message& message, const Function& function) {
  std::visit(
      [&](const auto& m) {
        if constexpr (requires { m.marks; }) std::ranges::for_each(m.marks, function);
        if constexpr (requires { m.ack; }) {
          function(m.ack.before);
          function(m.ack.now);
        }
        if constexpr (requires { m.rows; })
          for (const core::AgedRow& row : m.rows) {
            const core::Row& told = row.copy.row;
            function(core::RowMark{told.owner.incarnation, told.version, told.tag});
          }
      },
      message);
}

bool is_welcomed(core::LinkId id, const core::Exchange& exchange) {
  const auto link = exchange.peers().links().find(id);
  if (link == exchange.peers().links().end() || !link->second.peer) return false;
  const core::Peer* peer = exchange.peers().find(*link->second.peer);
  return peer != nullptr && peer->link == id;
}

}  // namespace

LedgerWatch::Seen LedgerWatch::look(const core::Row& row) {
  core::Count given = 0;
  for (const core::Count count : row.given | std::views::values) given += count;
  return {row.version, row.tag, difference(row, core::Row{}), given, row.final_row};
}

void LedgerWatch::begin(const core::Ledger& ledger) {
  seen_.clear();
  for (const auto& [key, copy] : ledger.rows()) seen_[key] = look(copy.row);
}

std::optional<std::string> LedgerWatch::after(const core::Message& message,
                                              const core::Ledger& ledger) {
  std::optional<std::string> broken;
  for_each_row(message, [&](const core::Row& row) {
    if (!broken) broken = compare(row.owner.incarnation, ledger);
    // What goes by the office's word has gone in this step, whatever it says later.
    if (row.office)
      std::erase_if(seen_, [&](const auto& entry) {
        return ledger.find(entry.first) == nullptr && may_go(entry.first, entry.second, ledger);
      });
  });
  return broken;
}

// Ledger rule 10: beyond the version at which an office has retired it a row counts for nothing.
// The last row of a gate that came back may still be taken, but not where no version at all counts.
bool LedgerWatch::may_go(core::Incarnation row, const Seen& seen, const core::Ledger& ledger) {
  const std::optional<core::Version> retired = ledger.retired_at(row);
  if (!retired || seen.version <= *retired) return false;
  return !seen.final_row || *retired == 0 || ledger.is_closed(row);
}

std::optional<std::string> LedgerWatch::compare(core::Incarnation row, const core::Ledger& ledger) {
  const core::RowCopy* held = ledger.find(row);
  const auto known = seen_.find(row);
  if (held == nullptr) {
    if (known == seen_.end()) return std::nullopt;
    const bool lawful = may_go(row, known->second, ledger);
    seen_.erase(known);
    if (lawful) return std::nullopt;
    return "a row is forgotten";
  }
  if (known == seen_.end()) {
    seen_.emplace(row, look(held->row));
    return std::nullopt;
  }
  const Seen before = known->second;
  if (before.version == held->row.version && before.tag == held->row.tag) return std::nullopt;
  const Seen& now = known->second = look(held->row);
  if (ledger.retired_at(row) == now.version) return std::nullopt;  // the office's copy settles it
  const std::string whose = "of a row of " + held->row.owner.gate.text() + ": " +
                            std::to_string(before.version) + ", then " +
                            std::to_string(now.version);
  if (now.version <= before.version) return "the version did not rise " + whose;
  if (has_shrunk(difference(now.counters, before.counters)) || now.given < before.given)
    return "another history took the place " + whose;
  return std::nullopt;
}

bool names_foreign_version(const core::Message& message, core::LinkId link,
                           const core::Exchange& exchange, const Disk& disk) {
  bool foreign = false;
  for_each_mark(message, [&](const core::RowMark& mark) {
    if (mark.incarnation != disk.stable().incarnation || mark.version == 0) return;
    // Only durable versions are ever shown, so that whatever others know of it is on the disk.
    foreign = foreign || !disk.may_have(mark);
  });
  return foreign && is_welcomed(link, exchange);
}

}  // namespace parking::sim
