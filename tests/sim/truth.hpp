#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/core/ledger.hpp"
#include "app/core/row.hpp"

namespace parking::sim {

/// How much each counter of a row has changed.
struct RowChange {
  core::Count admitted = 0;
  core::Count entered = 0;
  core::Count backed_out = 0;
  core::Count unadmitted = 0;
  core::Count left = 0;
};

RowChange difference(const RowChange& now, const RowChange& before);
RowChange difference(const core::Row& now, const core::Row& before);

/// All rows as their owners have them, in memory while they run and on their disks else: the ledger
/// that an observer sees who needs no messages. Sums are kept up to date, so that looking at them
/// after every step costs nothing.
class Truth {
public:
  struct Entry {
    core::RowOwner owner;
    core::Version version = 0;
    core::Tag tag = 0;
    RowChange counters;
    std::vector<std::pair<std::uint32_t, core::Count>> given;      ///< by entry
    std::vector<std::pair<std::uint32_t, core::Count>> reclaimed;  ///< by entry
    core::Count capacity = 0;
    core::Count corrected = 0;
    bool closed = false;     ///< an office has settled its permits
    bool final_row = false;  ///< its owner will never write it again
    core::Count permits = 0;
    /// Permits below 0 that are owed for cars that crossed without one, and not paid back yet.
    core::Count debt = 0;
    /// Permits that second histories gave it: its owner may have them, the true rows do not.
    struct SecondGift {
      core::Incarnation from;
      core::Count ever = 0;
      core::Count still = 0;  ///< as far as its owner has not learned better
    };
    std::vector<SecondGift> unknowable;
    core::Count forgotten = 0;  ///< permits it was given, as nobody remembers any more
    core::Count ended = 0;      ///< permits that ended with the second history that gave them
    bool dead = false;          ///< its store is gone or superseded

    /// As its owner may see them at most.
    [[nodiscard]] core::Count permits_at_most() const;
    /// Permits below 0, but for what is owed for permits of second histories.
    [[nodiscard]] core::Count known_debt() const;
  };

  /// The owner has changed its row. Returns what broke, if something did; `change` is filled.
  std::optional<std::string> observe(const core::Row& row, RowChange& change);
  /// What was observed last spent or gave permits.
  [[nodiscard]] bool has_spent() const { return spender_.has_value(); }
  /// The owner's memory is gone and its disk has this; what was newer never happened.
  RowChange revert(const core::Row& row);
  /// The owner is gone, and this is the best copy that anybody has (nullptr: there is none).
  /// Whatever else it has written counts for nobody, and who has spent what was given later is in
  /// debt for it.
  RowChange settle(const core::RowOwner& owner, const core::Row* copy);
  void bury(core::Incarnation row);
  /// A restored or cloned store has gone on from `before` to `now`, a second history of that row:
  /// what it gives nobody can tell from permits. Returns what broke: it spends and gives no more
  /// than the permits that were in it and those that came to that row since.
  std::optional<std::string> observe_second(const core::Row& now, const core::Row& before);
  /// The office has ended that row, and this is the copy that `receiver` has of it (the office's
  /// may come later): what it lacks of the second history's gifts is gone, and what was spent of
  /// them is a debt from now on.
  void settle_unknowable(core::Incarnation receiver, const core::Row& known);

  /// Ledger rules 1, 4, 5 and 6 seen from outside, after a change; what is wrong, if something is.
  [[nodiscard]] std::optional<std::string> objection();
  /// Permits below 0, of all rows.
  [[nodiscard]] core::Count debt() const;
  /// Admissions of closed rows that were not settled: they count as cars that are in.
  [[nodiscard]] core::Count closed_pending() const;
  /// Somebody may still have what a second history gave.
  [[nodiscard]] bool has_second_gifts() const;
  /// That part of them that is owed for permits of second histories.
  [[nodiscard]] core::Count unknowable_debt() const;

  [[nodiscard]] core::Count capacity() const { return capacity_; }
  [[nodiscard]] core::Count inside() const { return inside_; }
  [[nodiscard]] core::Count pending() const { return pending_; }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] const Entry* find(core::Incarnation row) const;
  /// The office that settled its permits has lost its store: perhaps nobody else had its last row.
  [[nodiscard]] bool closed_by_the_dead(const Entry& entry) const;
  /// Permits that the row has ever given.
  [[nodiscard]] static core::Count given(const Entry& entry);

private:
  std::uint32_t index_of(core::Incarnation row);
  void replace(Entry& entry, const core::Row& row, RowChange& change);
  void set_given(Entry& from, const core::Row& row);
  void set_office(std::uint32_t self, const core::Row& row);
  void set_reclaimed(std::uint32_t self, core::Incarnation row, core::Count permits);
  void set_closed(Entry& entry, bool closed);
  [[nodiscard]] core::Count reclaimed_from(const Entry& entry) const;
  void owe(Entry& entry, core::Count more);
  std::optional<std::string> objection_to(Entry& entry);

  std::vector<Entry> entries_;
  core::Count capacity_ = 0;
  core::Count inside_ = 0;
  core::Count pending_ = 0;
  core::Count permits_ = 0;
  core::Count taken_over_ = 0;            ///< debts of rows that the last change has closed
  std::optional<std::uint32_t> spender_;  ///< whose last change spent or gave permits
};

}  // namespace parking::sim
