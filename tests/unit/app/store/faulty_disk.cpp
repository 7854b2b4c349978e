#include "tests/unit/app/store/faulty_disk.hpp"

#include <atomic>
#include <map>
#include <memory>

#include <sqlite3.h>

namespace parking::store::faulty_disk {
namespace {

std::atomic<Fault> current{Fault::none};
std::atomic<int> sync_count{0};
std::atomic<int> write_count{0};

/// SQLite's own methods of a file, and the same with ours in two places.
struct Methods {
  const sqlite3_io_methods* own = nullptr;
  sqlite3_io_methods watched{};
};

// One entry for each kind of file of SQLite's; filled while a test opens files, on one thread.
std::map<const sqlite3_io_methods*, std::unique_ptr<Methods>>& kinds() {
  static std::map<const sqlite3_io_methods*, std::unique_ptr<Methods>> all;
  return all;
}

const sqlite3_io_methods& own_methods(sqlite3_file* file) {
  for (const auto& [own, methods] : kinds())
    if (&methods->watched == file->pMethods) return *own;
  return *file->pMethods;
}

int watched_write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
  ++write_count;
  if (current == Fault::full) return SQLITE_FULL;
  if (current == Fault::write_error) return SQLITE_IOERR_WRITE;
  return own_methods(file).xWrite(file, data, size, offset);
}

int watched_sync(sqlite3_file* file, int flags) {
  ++sync_count;
  if (current == Fault::sync_error) return SQLITE_IOERR_FSYNC;
  return own_methods(file).xSync(file, flags);
}

sqlite3_vfs* real = nullptr;

int watched_open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* out) {
  const int code = real->xOpen(real, name, file, flags, out);
  if (file->pMethods == nullptr) return code;
  auto& methods = kinds()[file->pMethods];
  if (!methods) {
    methods = std::make_unique<Methods>(Methods{file->pMethods, *file->pMethods});
    methods->watched.xWrite = &watched_write;
    methods->watched.xSync = &watched_sync;
  }
  file->pMethods = &methods->watched;
  return code;
}

}  // namespace

void install() {
  static sqlite3_vfs disk;
  if (real != nullptr) return;
  real = sqlite3_vfs_find(nullptr);
  disk = *real;
  disk.pNext = nullptr;
  disk.zName = "faulty";
  disk.xOpen = &watched_open;
  sqlite3_vfs_register(&disk, 1);
}

void set(Fault fault) {
  current = fault;
}
int syncs() {
  return sync_count;
}
int writes() {
  return write_count;
}

}  // namespace parking::store::faulty_disk
