#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/core/record.hpp"
#include "app/store/disk_marker.hpp"

namespace parking::store {

struct Error {
  enum class Kind : std::uint8_t {
    unusable,  ///< the directory or file cannot be opened or made: permissions, path, other holder;
               ///< somebody has to change what is configured or running
    disk_full,  ///< nothing was written; may recover when there is room again
    io,  ///< the disk failed, or may only be read: this store must admit nothing until the machine
         ///< has restarted or the store is renewed
  };
  Kind kind = Kind::unusable;
  std::string text;  ///< what happened and what to do
};

/// What opening found.
struct Opened {
  core::Remembered remembered;
  bool fresh = false;  ///< there was no store, or it was unreadable: a new incarnation, no permits
  std::string note;    ///< when an unreadable store was set aside: where it is now
  /// `io`: the disk has failed under this store since the machine started, while it was opened or
  /// in a program before this one. The store is as after that error.
  std::optional<Error> failed = std::nullopt;
};

/// The ledger's disk. Owns one SQLite file and the thread that writes to it; everything that waits
/// goes into one commit.
class Store {
public:
  /// Called on the store's thread after each commit: all records up to the number are durable. Or
  /// why nothing more is, once for each change of state: after `disk_full` the store keeps what
  /// waits, tries again every second and reports the number when there was room; after `io` it
  /// writes nothing any more, which `marker` remembers. Must not close or destroy the store.
  using Committed = std::function<void(std::expected<core::RecordNumber, Error>)>;

  /// Opens or makes `directory`/ledger.db. An unreadable file is renamed to
  /// ledger.db.unreadable-N, never deleted, and a new store with a new incarnation (drawn from
  /// `random`) is made. Error: the directory or file cannot be used, another program has it open,
  /// or a newer program wrote it; then nothing is touched.
  static std::expected<std::unique_ptr<Store>, Error> open(const std::filesystem::path& directory,
                                                           const core::Random& random,
                                                           Committed committed,
                                                           DiskMarker marker = {});
  virtual ~Store() = default;

  [[nodiscard]] virtual const Opened& opened() const = 0;

  /// Queues one record; returns at once. Events without a wall time get one, and their numbers
  /// come from the store. After `close` nothing is taken.
  virtual void append(core::Record record) = 0;

  /// The newest `limit` events, oldest first; the newest 100,000 are kept. Waits for what is
  /// queued, but not for room on a full disk. After `close`: none.
  [[nodiscard]] std::vector<core::Event> events(std::size_t limit) { return events(limit, 0); }
  /// The same of those with a lower number than `before`; 0: of all.
  [[nodiscard]] virtual std::vector<core::Event> events(std::size_t limit,
                                                        std::uint64_t before) = 0;

  /// Commits what is queued and closes; what finds no room on a full disk is lost. Called by the
  /// destructor too.
  virtual void close() = 0;

  /// Closes, and renames the file aside so that the next open starts a new incarnation (ledger
  /// rule 9). Returns the new name, ledger.db.set-aside-N.
  virtual std::expected<std::filesystem::path, Error> set_aside() = 0;
};

}  // namespace parking::store
