#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "app/core/row.hpp"
#include "app/core/types.hpp"

namespace parking::core {

/// What became of a copy that was offered to the ledger.
enum class Merge : std::uint8_t {
  newer,    ///< taken
  same,     ///< known already
  older,    ///< a later version is known
  frozen,   ///< the row's owner has stopped; versions after the frozen one are not accepted
  clash,    ///< two histories of one row: a cloned or restored store wrote one of them
  no_room,  ///< the lot has seen `max_incarnations` already
};

/// Sums over all rows, as ledger rule "State" defines them. free = capacity - inside - pending.
struct Totals {
  Count capacity = 0;
  Count capacity_wanted = 0;
  Count inside = 0;
  Count pending = 0;
  Count free = 0;  ///< raw: below 0 while there is debt
  bool operator==(const Totals&) const = default;
};

/// All rows that one program knows, merged. Of two copies of a row the higher version holds, whole,
/// so loss, repetition and reordering of copies do no harm.
class Ledger {
public:
  Merge merge(RowCopy copy);
  /// The office's own copy of a row that it has retired at just this version: it holds, whatever
  /// other history of that row was about. Returns whether something changed.
  bool settle(const RowCopy& copy);
  /// The own row as decisions see it, perhaps not durable yet; replaces what was held.
  void set_own(const Row& row);

  /// The newest copy of that row, or nullptr.
  [[nodiscard]] const RowCopy* find(Incarnation row) const;
  [[nodiscard]] RowMark mark(Incarnation row) const;
  [[nodiscard]] std::vector<RowMark> marks() const;
  /// Marks of every incarnation of `gate`.
  [[nodiscard]] std::vector<RowMark> marks_of(const GateId& gate) const;
  [[nodiscard]] const std::map<Incarnation, RowCopy>& rows() const { return rows_; }

  /// From now on no later version of that row is accepted (ledger rules 9 and 10), except up to the
  /// one at which an office has retired it; where none is known yet, none at all until then.
  void freeze(Incarnation row);
  [[nodiscard]] bool is_frozen(Incarnation row) const {
    return frozen_.contains(row) || retired_at(row).has_value();
  }
  /// Rows whose freeze was asked for here, whether or not an office has retired them.
  [[nodiscard]] const std::set<Incarnation>& frozen() const { return frozen_; }
  /// An office looks for the highest copy of a frozen row until it has retired it.
  void collect_frozen() { collects_frozen_ = true; }
  /// The version at which an office has retired that row.
  [[nodiscard]] std::optional<Version> retired_at(Incarnation row) const;
  /// An office has settled that row's permits; it counts for nothing more.
  [[nodiscard]] bool is_closed(Incarnation row) const { return closed_.contains(row); }
  /// Its owner said that it will never write it again.
  [[nodiscard]] bool is_final(Incarnation row) const;
  /// It is an office's, not a gate's.
  [[nodiscard]] bool is_office(Incarnation row) const { return offices_.contains(row); }
  [[nodiscard]] const std::set<Incarnation>& offices() const { return offices_; }

  /// Balance of one row, from what is known here; may be below 0.
  [[nodiscard]] Count permits(Incarnation row) const;
  /// The same for every row that is held or mentioned.
  [[nodiscard]] const FlatMap<Incarnation, Count>& balances() const { return balances_; }
  [[nodiscard]] Totals totals() const;
  /// Every row that is held or that somebody gave to or reclaimed from.
  [[nodiscard]] std::set<Incarnation> mentioned() const;

private:
  void replace(RowCopy copy);
  void weigh(const Row& row, Count sign);
  void follow_offices();
  void forget_beyond_retirement();

  Incarnation own_;
  std::map<Incarnation, RowCopy> rows_;
  std::set<Incarnation> frozen_;
  std::set<Incarnation> offices_;
  std::set<Incarnation> closed_;
  FlatMap<Incarnation, Version> retired_;
  FlatMap<Incarnation, Count> balances_;  ///< permits of every row that is mentioned
  bool collects_frozen_ = false;
  mutable std::optional<Totals> totals_;  ///< until a row changes
};

}  // namespace parking::core
