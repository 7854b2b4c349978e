#include "app/core/ledger.hpp"

#include <algorithm>
#include <cassert>
#include <ranges>
#include <utility>

#include "app/core/planted.hpp"

namespace parking::core {

Merge Ledger::merge(RowCopy copy) {
  const Incarnation key = copy.row.owner.incarnation;
  const auto known = rows_.find(key);
  const std::optional<Version> retired = retired_at(key);
  if (known == rows_.end()) {
    // Frozen before any copy came: "none" was answered, and a copy that comes late must not count.
    if (retired ? copy.row.version > *retired : frozen_.contains(key) && !collects_frozen_)
      return Merge::frozen;
    if (rows_.size() >= max_incarnations) return Merge::no_room;
    replace(std::move(copy));
    return Merge::newer;
  }
  const Row& held = known->second.row;
  if (has_bug(Bug::wall_clock_order) && copy.row.version != held.version) {
    replace(std::move(copy));
    return Merge::newer;
  }
  if (collects_frozen_ && retired == copy.row.version && held.version > *retired) {
    replace(std::move(copy));  // of a second history; an office before settled on the other one
    return Merge::newer;
  }
  if (copy.row.version < held.version) return Merge::older;
  if (copy.row.version == held.version && has_bug(Bug::clone_not_noticed)) return Merge::same;
  if (copy.row.version == held.version)
    return copy.row.tag == held.tag ? Merge::same : Merge::clash;
  // Ledger rule 10: a frozen row rises to the version at which an office has retired it, no
  // further.
  if (retired ? copy.row.version > *retired : frozen_.contains(key) && !collects_frozen_) {
    if (!has_bug(Bug::retired_row_goes_on)) return Merge::frozen;
  }
  if (has_bug(Bug::clone_not_noticed)) {
    replace(std::move(copy));
    return Merge::newer;
  }
  if (copy.row.owner.gate != held.owner.gate) return Merge::clash;
  // Of two histories the one holds at which an office has retired the row.
  if (!grows_from(held, copy.row) && retired != copy.row.version) return Merge::clash;
  replace(std::move(copy));
  return Merge::newer;
}

bool Ledger::settle(const RowCopy& copy) {
  const Incarnation key = copy.row.owner.incarnation;
  const RowCopy* held = find(key);
  const bool same = held != nullptr && held->row == copy.row;
  if (same || retired_at(key) != copy.row.version) return false;
  replace(copy);
  return true;
}

void Ledger::set_own(const Row& row) {
  own_ = row.owner.incarnation;
  const RowCopy* held = find(row.owner.incarnation);
  if (held == nullptr || held->row != row) replace(RowCopy{row, {}});
}

void Ledger::replace(RowCopy copy) {
  const Incarnation key = copy.row.owner.incarnation;
  const auto [entry, is_new] = rows_.try_emplace(key);
  const bool office = copy.row.office || entry->second.row.office;
  if (!is_new) weigh(entry->second.row, -1);
  entry->second = std::move(copy);
  weigh(entry->second.row, 1);
  totals_.reset();
  if (!office) return;
  offices_.insert(key);
  follow_offices();
}

/// Adds (or with `sign` -1 takes away) what the row says about anybody's permits.
void Ledger::weigh(const Row& row, Count sign) {
  Count own = row.left + row.backed_out - row.admitted - row.unadmitted;
  for (const auto& [receiver, count] : row.given) {
    own -= count;
    balances_[receiver] += sign * count;
  }
  if (row.office) {
    own += row.office->capacity - row.office->corrected;
    for (const auto& [closed, count] : row.office->reclaimed) {
      own += count;
      balances_[closed] -= sign * count;
    }
  }
  balances_[row.owner.incarnation] += sign * own;
}

/// What all offices together have closed and retired.
void Ledger::follow_offices() {
  closed_.clear();
  retired_.clear();
  for (const Incarnation office : offices_) {
    const auto& part = rows_.at(office).row.office;
    if (!part) continue;
    for (const Incarnation key : part->reclaimed | std::views::keys) closed_.insert(key);
    for (const auto& [key, version] : part->retired)
      retired_[key] = std::max(retired_[key], version);
  }
  forget_beyond_retirement();
}

// Ledger rule 10: a row counts up to the version at which it was retired. A gate may have more of
// it, of a second history or because nobody could ask it then, and there may be no copy to put in
// its place: nobody had one, or the stores that did are lost. A last row stays: the office takes it
// yet.
void Ledger::forget_beyond_retirement() {
  for (const auto& [key, version] : retired_) {
    if (key == own_ || is_office(key)) continue;
    const auto held = rows_.find(key);
    if (held == rows_.end() || held->second.row.version <= version) continue;
    if (held->second.row.final_row && version != 0 && !is_closed(key)) continue;
    weigh(held->second.row, -1);
    rows_.erase(held);
  }
}

const RowCopy* Ledger::find(Incarnation row) const {
  const auto found = rows_.find(row);
  return found == rows_.end() ? nullptr : &found->second;
}

RowMark Ledger::mark(Incarnation row) const {
  const RowCopy* copy = find(row);
  return copy == nullptr ? RowMark{row, 0, 0} : RowMark{row, copy->row.version, copy->row.tag};
}

std::vector<RowMark> Ledger::marks() const {
  std::vector<RowMark> marks;
  marks.reserve(rows_.size());
  for (const auto& [key, copy] : rows_) marks.push_back({key, copy.row.version, copy.row.tag});
  return marks;
}

std::vector<RowMark> Ledger::marks_of(const GateId& gate) const {
  std::vector<RowMark> marks;
  for (const auto& [key, copy] : rows_)
    if (copy.row.owner.gate == gate) marks.push_back(mark(key));
  return marks;
}

void Ledger::freeze(Incarnation row) {
  frozen_.insert(row);
}

std::optional<Version> Ledger::retired_at(Incarnation row) const {
  const auto entry = retired_.find(row);
  if (entry == retired_.end()) return std::nullopt;
  return entry->second;
}

bool Ledger::is_final(Incarnation row) const {
  const RowCopy* copy = find(row);
  return copy != nullptr && copy->row.final_row;
}

Count Ledger::permits(Incarnation row) const {
  const auto found = balances_.find(row);
  return found == balances_.end() ? 0 : found->second;
}

Totals Ledger::totals() const {
  if (totals_) return *totals_;
  Totals totals;
  for (const auto& [key, copy] : rows_) {
    const Row& r = copy.row;
    totals.inside += r.entered + r.unadmitted - r.left;
    if (!is_closed(key))
      totals.pending += r.pending();
    else if (!has_bug(Bug::closed_pending_dropped))
      totals.inside += r.pending();
    if (!r.office) continue;
    totals.capacity += r.office->capacity;
    totals.capacity_wanted += r.office->capacity_wanted;
    totals.inside += r.office->corrected;
  }
  totals.free = totals.capacity - totals.inside - totals.pending;
  Count sum = 0;
  for (const Count permits : balances_ | std::views::values) sum += permits;
  assert(totals.free == sum || has_bug(Bug::closed_pending_dropped));
  totals_ = totals;
  return totals;
}

std::set<Incarnation> Ledger::mentioned() const {
  std::set<Incarnation> all;
  for (const Incarnation key : balances_ | std::views::keys) all.insert(all.end(), key);
  return all;
}

}  // namespace parking::core
