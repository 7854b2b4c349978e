#pragma once

#include <memory>

#include "tests/support/forgetting_disk.hpp"

namespace parking::test_support {

/// SQLite's file layer (sqlite.org/vfs.html) on a forgetting disk. Registered under a name of its
/// own while it lives; must outlive whoever has opened a database by it.
///
/// It has what a database needs that one connection holds alone (PRAGMA locking_mode = EXCLUSIVE):
/// no shared memory, and locks that nobody contests. Like SQLite's own layer for Unix it claims
/// powersafe overwrite and sectors of 4096 bytes, and syncs the directory when a removal asks for
/// that and with the first sync of a log or journal by each who opens it. The database's own name
/// is left to the caller. Failed operations are what they are there: SQLITE_FULL, or the
/// input/output error of the operation.
class ForgettingVfs {
public:
  /// The disk must outlive it.
  explicit ForgettingVfs(ForgettingDisk& disk);
  ~ForgettingVfs();
  ForgettingVfs(const ForgettingVfs&) = delete;
  ForgettingVfs& operator=(const ForgettingVfs&) = delete;

  [[nodiscard]] const char* name() const;

private:
  struct Registered;
  std::unique_ptr<Registered> registered_;
};

}  // namespace parking::test_support
