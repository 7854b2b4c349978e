#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "app/core/types.hpp"

namespace parking::store {

/// Which start of the machine this is; "unknown" where the kernel does not say, so that only a
/// renewed store ends what was marked.
std::string boot_id();

/// Remembers beyond the end of the program that the disk under a store has failed (ledger rule 12):
/// the kernel forgets pages that it could not write, and shows them as if they were on the disk
/// until the machine restarts.
class DiskMarker {
public:
  /// Marks nothing.
  DiskMarker() = default;
  /// `files`: where the marker may lie, the best place first. A place need not survive a restart of
  /// the machine, and should not need the disk that it speaks of.
  DiskMarker(std::vector<std::filesystem::path> files, std::string boot)
      : files_(std::move(files)), boot_(std::move(boot)) {}

  /// Writes the marker at the first place that takes it. Error: none does, and why.
  [[nodiscard]] std::expected<void, std::string> write(core::Incarnation store) const;
  /// Whether the disk has failed under this store since the machine started. Markers of another
  /// start or another store are removed.
  [[nodiscard]] bool names(core::Incarnation store) const;
  void remove() const;

private:
  [[nodiscard]] std::string text(core::Incarnation store) const;
  std::vector<std::filesystem::path> files_;
  std::string boot_;
};

/// The marker of the program that has this socket and this state directory.
DiskMarker disk_marker(const std::filesystem::path& socket, const std::filesystem::path& state_dir);

}  // namespace parking::store
