#include "tests/exhaustive/rows.hpp"

#include <cassert>

namespace parking::exhaustive {
namespace {

void put(std::string& key, std::int64_t value) {
  assert(value >= -100 && value <= 100);
  key.push_back(static_cast<char>(value));
}

std::string key_of(const core::Row& row) {
  std::string key;
  put(key, static_cast<std::int64_t>(row.owner.incarnation.value));
  put(key, static_cast<std::int64_t>(row.version));
  put(key, static_cast<std::int64_t>(row.tag % 2));
  for (const core::Count count :
       {row.admitted, row.entered, row.backed_out, row.unadmitted, row.left})
    put(key, count);
  put(key, row.final_row ? 1 : 0);
  const auto put_map = [&key](const auto& map) {
    put(key, std::ssize(map));
    for (const auto& [row_key, count] : map) {
      put(key, static_cast<std::int64_t>(row_key.value));
      put(key, static_cast<std::int64_t>(count));
    }
  };
  put_map(row.given);
  if (!row.office) return key;
  put(key, row.office->capacity);
  put(key, row.office->capacity_wanted);
  put(key, row.office->corrected);
  put_map(row.office->reclaimed);
  put_map(row.office->retired);
  return key;
}

}  // namespace

core::Incarnation incarnation_of(std::size_t slot) {
  return core::Incarnation{slot + 1};
}

std::size_t slot_of(core::Incarnation incarnation) {
  return incarnation.value - 1;
}

core::Tag tag_of(std::size_t slot, core::Version version, std::size_t branch) {
  return (slot + 1) * 4096 + version * 2 + branch;
}

Rows::Rows() : rows_(1) {}

RowId Rows::intern(const core::Row& row) {
  const auto [entry, is_new] = known_.try_emplace(key_of(row), static_cast<RowId>(rows_.size()));
  if (is_new) rows_.push_back(row);
  return entry->second;
}

}  // namespace parking::exhaustive
