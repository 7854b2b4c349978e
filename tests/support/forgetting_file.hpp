#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace parking::test_support {

using DiskRandom = std::mt19937_64;

/// The bytes of one file: as programs see them, as they are on the disk, and what was changed since
/// the last sync, in order.
///
/// Assumed of the disk, as SQLite's "powersafe overwrite" (sqlite.org/psow.html) states it: a write
/// that the power interrupts leaves the bytes outside of it alone. Those inside may be old, new or
/// anything. Unsynced writes reach the disk in any selection, one sector apart from the next; a
/// hole before one that did reads as zeros. What was synced stays.
class ForgettingFile {
public:
  static constexpr std::size_t sector_bytes = 512;

  [[nodiscard]] const std::string& seen() const { return seen_; }
  [[nodiscard]] const std::string& durable() const { return durable_; }
  [[nodiscard]] bool has_unsynced() const { return !unsynced_.empty(); }

  void write(std::size_t offset, std::string_view bytes);
  void truncate(std::size_t size);
  void sync();
  /// A sync that failed: some of the changes are on the disk, the others never will be, and
  /// programs see all of them until the machine restarts.
  void sync_in_vain(DiskRandom& random);
  /// The power was cut: each sector of each change is kept, lost or torn.
  void forget(DiskRandom& random);
  /// Both views become these bytes.
  void replace(std::string bytes);

private:
  struct Written {
    std::size_t offset = 0;
    std::string bytes;
  };
  struct Cut {
    std::size_t size = 0;
  };
  using Change = std::variant<Written, Cut>;

  void keep_some(DiskRandom& random);

  std::string seen_;
  std::string durable_;
  std::vector<Change> unsynced_;
};

}  // namespace parking::test_support
