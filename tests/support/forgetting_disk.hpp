#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/forgetting_file.hpp"

namespace parking::test_support {

/// What is on a disk, by the names of its files.
using DiskFiles = std::map<std::string, std::string>;

/// A disk with one directory, in memory, that forgets what was not synced when its power is cut.
/// A name that was made, removed or changed needs a sync of the directory for that; a sync of the
/// file alone makes its bytes durable, and not its name. Deterministic: the seed and the calls say
/// all. For one thread at a time.
class ForgettingDisk {
public:
  using File = std::shared_ptr<ForgettingFile>;

  explicit ForgettingDisk(std::uint64_t seed) : random_(seed) {}

  // What programs do. `false`: the disk did not.

  /// Null: there is none.
  [[nodiscard]] File find(const std::string& name) const;
  File make(const std::string& name);
  bool remove(const std::string& name);
  bool rename(const std::string& from, const std::string& to);
  bool sync_directory();

  enum class Done : std::uint8_t { yes, full, failed };
  Done write(ForgettingFile& file, std::size_t offset, std::string_view bytes);
  Done truncate(ForgettingFile& file, std::size_t size);
  Done sync(ForgettingFile& file);

  // What happens to it.

  /// The power is off and on again. Files that programs have open must not be used any more.
  void cut_power();
  /// After `operations` more writes, truncations, syncs and removals nothing more is done; what is
  /// under way then is done in part, if it is a write. Until `go_on` or `cut_power`.
  void stop_after(std::uint64_t operations);
  /// What was seen is still there: the program was ended, not the machine.
  void go_on() { stops_ = false; }
  [[nodiscard]] bool has_stopped() const { return stops_ && until_stop_ == 0; }
  /// The sync of a file fails that comes after `others` that do not.
  void fail_sync(std::uint64_t others = 0) { until_failure_ = others; }
  /// No write may make a file longer.
  void set_full(bool full) { full_ = full; }

  [[nodiscard]] std::uint64_t operations() const { return operations_; }
  [[nodiscard]] std::uint64_t syncs() const { return syncs_; }

  /// What a reader of the card would find if the power were cut now and all that is not durable
  /// were lost.
  [[nodiscard]] DiskFiles durable_files() const;
  /// Everything else is gone.
  void put_back(const DiskFiles& files);

private:
  /// `file` gets the name, or, null, nobody has it any more. Of a rename: `from` loses it.
  struct NameChange {
    std::string name;
    File file;
    std::string from;
  };
  using Names = std::map<std::string, File>;

  static void apply(const NameChange& change, Names& names);
  void change(NameChange change);
  /// Counts one operation. False: the disk has stopped.
  bool operate();

  DiskRandom random_;
  Names seen_;
  Names durable_;
  std::vector<NameChange> unsynced_;
  std::uint64_t operations_ = 0;
  std::uint64_t syncs_ = 0;
  std::uint64_t until_stop_ = 0;
  bool stops_ = false;
  std::optional<std::uint64_t> until_failure_;
  bool full_ = false;
};

}  // namespace parking::test_support
