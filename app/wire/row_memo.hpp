#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "app/core/row.hpp"

namespace parking::wire {

/// The rows that this thread wrote or read last. A row goes to every peer and comes back in every
/// answer, mostly unchanged: what is the same as before is neither written nor read anew.
class RowMemo {
public:
  /// The copy that these bytes gave before, or nullptr.
  [[nodiscard]] const core::RowCopy* find(std::string_view bytes) const {
    const core::RowCopy& slot = by_bytes_[slot_of(bytes)];
    return !bytes.empty() && slot.bytes == bytes ? &slot : nullptr;
  }
  void keep(const core::RowCopy& copy) { by_bytes_[slot_of(copy.bytes)] = copy; }

  /// The bytes that this row gave before, or nullptr.
  [[nodiscard]] const std::string* find(const core::Row& row) const {
    const core::RowCopy& slot = by_owner_[slot_of(row)];
    return !slot.bytes.empty() && slot.row == row ? &slot.bytes : nullptr;
  }
  void keep(const core::Row& row, const std::string& bytes) {
    by_owner_[slot_of(row)] = {row, bytes};
  }

private:
  /// A lot has 64 gates at most.
  static constexpr std::size_t slots = 64;

  static std::size_t slot_of(std::string_view bytes) {
    return std::hash<std::string_view>{}(bytes) % slots;
  }
  static std::size_t slot_of(const core::Row& row) { return row.owner.incarnation.value % slots; }

  std::array<core::RowCopy, slots> by_bytes_;
  std::array<core::RowCopy, slots> by_owner_;
};

}  // namespace parking::wire
