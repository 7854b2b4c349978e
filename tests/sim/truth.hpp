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

RowChange difference(const core::Row& now, const core::Row& before);
/// Permits that the row gave since.
core::Count given_since(const core::Row& now, const core::Row& before);

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
    core::Count debts = 0;   ///< that corrections and closings have brought to an office, ever
    bool closed = false;     ///< an office has settled its permits
    bool final_row = false;  ///< its owner will never write it again
    core::Count permits = 0;
    bool dead = false;  ///< its store is gone or superseded
  };

  /// The owner has changed its row. Returns what broke, if something did; `change` is filled.
  std::optional<std::string> observe(const core::Row& row, RowChange& change);
  /// The owner's memory is gone and its disk has this; what was newer never happened.
  RowChange revert(const core::Row& row);
  void bury(core::Incarnation row);
  /// An office has closed that row at this copy, or at none: whatever else its owner has written
  /// counts for nobody.
  RowChange settle(const core::RowOwner& owner, const core::Row* copy);
  /// Permits that a restored or cloned store gave away or spent: nobody can know that they were not
  /// there.
  void allow_unknowable(core::Count permits) { unknowable_ += permits; }
  [[nodiscard]] core::Count unknowable() const { return unknowable_; }

  /// Ledger rules 1 and 4 seen from outside; what is wrong, if something is.
  [[nodiscard]] std::optional<std::string> objection() const;

  /// Permits below 0 at the offices: what recounts found and what closed rows owed.
  [[nodiscard]] core::Count office_debt() const;
  [[nodiscard]] core::Count capacity() const { return capacity_; }
  [[nodiscard]] core::Count inside() const { return inside_; }
  [[nodiscard]] core::Count pending() const { return pending_; }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] const Entry* find(core::Incarnation row) const;
  /// Permits that the row has ever given.
  [[nodiscard]] static core::Count given(const Entry& entry);

private:
  std::uint32_t index_of(core::Incarnation row);
  void replace(Entry& entry, const core::Row& row, RowChange& change);
  void set_given(Entry& from, const core::Row& row);
  void set_office(std::uint32_t self, const core::Row& row);
  void set_reclaimed(std::uint32_t self, core::Incarnation row, core::Count permits);
  void set_closed(Entry& entry, bool closed);

  std::vector<Entry> entries_;
  core::Count capacity_ = 0;
  core::Count inside_ = 0;
  core::Count pending_ = 0;
  core::Count permits_ = 0;
  core::Count unknowable_ = 0;
  std::optional<std::string> overspent_;  ///< the first time that it happened
};

}  // namespace parking::sim
