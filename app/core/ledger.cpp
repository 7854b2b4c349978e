#include "app/core/ledger.hpp"

#include <algorithm>
#include <cassert>
#include <ranges>

namespace parking::core {
namespace {

Count entry_or_zero(const std::map<Incarnation, Count>& counts, Incarnation key) {
  const auto found = counts.find(key);
  return found == counts.end() ? 0 : found->second;
}

Count sum(const std::map<Incarnation, Count>& counts) {
  Count total = 0;
  for (const Count count : counts | std::views::values) total += count;
  return total;
}

}  // namespace

Merge Ledger::merge(RowCopy copy) {
  const Incarnation key = copy.row.owner.incarnation;
  const auto known = rows_.find(key);
  if (known == rows_.end()) {
    // Frozen before any copy came: the first one is what it is frozen at.
    if (rows_.size() >= max_incarnations) return Merge::no_room;
    rows_.emplace(key, std::move(copy));
    return Merge::newer;
  }
  const Row& held = known->second.row;
  if (copy.row.version < held.version) return Merge::older;
  if (copy.row.version == held.version)
    return copy.row.tag == held.tag ? Merge::same : Merge::clash;
  if (is_frozen(key)) return Merge::frozen;
  if (copy.row.owner.gate != held.owner.gate || !grows_from(held, copy.row)) return Merge::clash;
  known->second = std::move(copy);
  return Merge::newer;
}

void Ledger::set_own(const Row& row) {
  rows_.insert_or_assign(row.owner.incarnation, RowCopy{row, {}});
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
  for (const Incarnation key : rows_ | std::views::keys) marks.push_back(mark(key));
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

bool Ledger::is_closed(Incarnation row) const {
  return std::ranges::any_of(rows_ | std::views::values, [row](const RowCopy& copy) {
    return copy.row.office && copy.row.office->reclaimed.contains(row);
  });
}

Count Ledger::permits(Incarnation row) const {
  Count balance = 0;
  if (const RowCopy* copy = find(row)) {
    const Row& r = copy->row;
    balance += r.left + r.backed_out - r.admitted - r.unadmitted - sum(r.given);
    if (r.office) balance += r.office->capacity - r.office->corrected + sum(r.office->reclaimed);
  }
  for (const RowCopy& copy : rows_ | std::views::values) {
    balance += entry_or_zero(copy.row.given, row);
    if (copy.row.office) balance -= entry_or_zero(copy.row.office->reclaimed, row);
  }
  return balance;
}

Totals Ledger::totals() const {
  std::set<Incarnation> closed;
  for (const RowCopy& copy : rows_ | std::views::values)
    if (copy.row.office)
      for (const Incarnation key : copy.row.office->reclaimed | std::views::keys)
        closed.insert(key);
  Totals totals;
  for (const auto& [key, copy] : rows_) {
    const Row& r = copy.row;
    totals.inside += r.entered + r.unadmitted - r.left;
    (closed.contains(key) ? totals.inside : totals.pending) += r.pending();
    if (!r.office) continue;
    totals.capacity += r.office->capacity;
    totals.capacity_wanted += r.office->capacity_wanted;
    totals.inside += r.office->corrected;
  }
  totals.free = totals.capacity - totals.inside - totals.pending;
  assert(totals.free == sum_of_permits());
  return totals;
}

Count Ledger::sum_of_permits() const {
  Count all = 0;
  for (const Incarnation key : mentioned()) all += permits(key);
  return all;
}

std::set<Incarnation> Ledger::mentioned() const {
  std::set<Incarnation> all;
  for (const auto& [key, copy] : rows_) {
    all.insert(key);
    for (const Incarnation receiver : copy.row.given | std::views::keys) all.insert(receiver);
    if (!copy.row.office) continue;
    for (const Incarnation closed : copy.row.office->reclaimed | std::views::keys)
      all.insert(closed);
  }
  return all;
}

}  // namespace parking::core
