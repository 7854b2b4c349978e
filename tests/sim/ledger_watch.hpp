#pragma once

#include <map>
#include <optional>
#include <string>

#include "app/core/exchange.hpp"
#include "app/core/gate_core.hpp"
#include "app/core/record.hpp"
#include "tests/sim/disk.hpp"
#include "tests/sim/truth.hpp"

namespace parking::sim {

/// What one process holds of others' rows, followed from outside: a row that it holds only grows
/// (ledger, section State), but for the office's copy of a row that was retired at that very
/// version, and it goes only where it counts for nothing. Looks only at the rows that a message
/// brings, so that it costs little.
class LedgerWatch {
public:
  /// The process has started and holds this.
  void begin(const core::Ledger& ledger);
  /// It has dealt with `message`. What broke, if something did.
  std::optional<std::string> after(const core::Message& message, const core::Ledger& ledger);

private:
  struct Seen {
    core::Version version = 0;
    core::Tag tag = 0;
    RowChange counters;
    core::Count given = 0;
    bool final_row = false;
  };
  static Seen look(const core::Row& row);
  static bool may_go(core::Incarnation row, const Seen& seen, const core::Ledger& ledger);
  std::optional<std::string> compare(core::Incarnation row, const core::Ledger& ledger);

  std::map<core::Incarnation, Seen> seen_;
};

/// Whether `message`, come over a connection on which its sender was welcomed, names a version of
/// this store's own row that this store never wrote (ledger rule 9): then its incarnation ends.
[[nodiscard]] bool names_foreign_version(const core::Message& message, core::LinkId link,
                                         const core::Exchange& exchange, const Disk& disk);

}  // namespace parking::sim
