#pragma once

#include <deque>
#include <string>
#include <unordered_map>

#include "app/core/row.hpp"
#include "tests/exhaustive/state.hpp"

namespace parking::exhaustive {

core::Incarnation incarnation_of(std::size_t slot);
std::size_t slot_of(core::Incarnation incarnation);

/// The tag that the owner draws for a version; another one in each history.
core::Tag tag_of(std::size_t slot, core::Version version, std::size_t branch);

/// The slots that are named in a set of incarnations or in a map's keys.
template <typename Range>
Bits bits_of(const Range& incarnations) {
  Bits bits = 0;
  for (const core::Incarnation row : incarnations) bits |= bit(slot_of(row));
  return bits;
}

/// Every row that was ever written, once, by number; so a state holds numbers.
class Rows {
public:
  Rows();
  RowId intern(const core::Row& row);
  const core::Row& operator[](RowId id) const { return rows_[id]; }
  /// 0 for "no copy".
  [[nodiscard]] core::Version version(RowId id) const { return rows_[id].version; }
  [[nodiscard]] std::size_t size() const { return rows_.size(); }

private:
  std::deque<core::Row> rows_;
  std::unordered_map<std::string, RowId> known_;
};

}  // namespace parking::exhaustive
