#include "tests/support/forgetting_vfs.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>
#include <string>
#include <utility>

#include <sqlite3.h>

namespace parking::test_support {
namespace {

using Done = ForgettingDisk::Done;

constexpr int longest_name = 128;
constexpr int claimed_sector_bytes = 4096;
/// Of the epoch that SQLite wants; no time passes on this disk.
constexpr double noon_of_2000_julian_days = 2451545.0;

/// SQLite allocates it and knows its first member.
struct OpenFile {
  sqlite3_file base{};
  ForgettingDisk* disk = nullptr;
  ForgettingDisk::File file;
  bool name_wants_sync = false;
};

OpenFile& open_file(sqlite3_file* file) {
  return *reinterpret_cast<OpenFile*>(file);
}

int code(Done done, int failure) {
  return done == Done::yes ? SQLITE_OK : done == Done::full ? SQLITE_FULL : failure;
}

int close(sqlite3_file* file) {
  open_file(file).~OpenFile();
  return SQLITE_OK;
}

int read(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
  const std::string& bytes = open_file(file).file->seen();
  const auto from = std::min(static_cast<std::size_t>(offset), bytes.size());
  const auto wanted = static_cast<std::size_t>(size);
  const std::size_t got = bytes.copy(static_cast<char*>(to), wanted, from);
  if (got == wanted) return SQLITE_OK;
  // SQLite wants the rest to be zeros.
  std::memset(static_cast<char*>(to) + got, 0, wanted - got);
  return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
  OpenFile& open = open_file(file);
  const std::string_view bytes(static_cast<const char*>(from), static_cast<std::size_t>(size));
  return code(open.disk->write(*open.file, static_cast<std::size_t>(offset), bytes),
              SQLITE_IOERR_WRITE);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
  OpenFile& open = open_file(file);
  return code(open.disk->truncate(*open.file, static_cast<std::size_t>(size)),
              SQLITE_IOERR_TRUNCATE);
}

int sync(sqlite3_file* file, int) {
  OpenFile& open = open_file(file);
  if (const Done done = open.disk->sync(*open.file); done != Done::yes) return SQLITE_IOERR_FSYNC;
  if (!open.name_wants_sync) return SQLITE_OK;
  if (!open.disk->sync_directory()) return SQLITE_IOERR_DIR_FSYNC;
  open.name_wants_sync = false;
  return SQLITE_OK;
}

int size_of(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(open_file(file).file->seen().size());
  return SQLITE_OK;
}

int lock(sqlite3_file*, int) {
  return SQLITE_OK;
}

int check_reserved_lock(sqlite3_file*, int* held) {
  *held = 0;
  return SQLITE_OK;
}

int control(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file*) {
  return claimed_sector_bytes;
}

int characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

/// Version 1: without shared memory and memory maps.
constexpr sqlite3_io_methods methods{.iVersion = 1,
                                     .xClose = close,
                                     .xRead = read,
                                     .xWrite = write,
                                     .xTruncate = truncate,
                                     .xSync = sync,
                                     .xFileSize = size_of,
                                     .xLock = lock,
                                     .xUnlock = lock,
                                     .xCheckReservedLock = check_reserved_lock,
                                     .xFileControl = control,
                                     .xSectorSize = sector_size,
                                     .xDeviceCharacteristics = characteristics};

ForgettingDisk& disk_of(sqlite3_vfs* vfs) {
  return *static_cast<ForgettingDisk*>(vfs->pAppData);
}

int open(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* out, int flags, int* out_flags) {
  ForgettingDisk& disk = disk_of(vfs);
  out->pMethods = nullptr;
  // Without a name it is for SQLite alone, and gone when it is closed.
  ForgettingDisk::File file = name == nullptr ? std::make_shared<ForgettingFile>() : nullptr;
  if (name != nullptr) file = disk.find(name);
  if (!file && (flags & SQLITE_OPEN_CREATE) != 0) file = disk.make(name);
  if (!file) return SQLITE_CANTOPEN;
  auto* opened = new (out) OpenFile{.disk = &disk, .file = std::move(file)};
  constexpr int logs = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;
  opened->name_wants_sync = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & logs) != 0;
  opened->base.pMethods = &methods;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int remove(sqlite3_vfs* vfs, const char* name, int sync_directory) {
  ForgettingDisk& disk = disk_of(vfs);
  if (!disk.find(name)) return SQLITE_IOERR_DELETE_NOENT;
  if (!disk.remove(name)) return SQLITE_IOERR_DELETE;
  return sync_directory == 0 || disk.sync_directory() ? SQLITE_OK : SQLITE_IOERR_DIR_FSYNC;
}

// To SQLite's layer for Unix, too, an empty file is as good as none when it asks for one.
int access(sqlite3_vfs* vfs, const char* name, int flags, int* answer) {
  const ForgettingDisk::File file = disk_of(vfs).find(name);
  *answer = file && (flags != SQLITE_ACCESS_EXISTS || !file->seen().empty()) ? 1 : 0;
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

// SQLite asks its default layer, not this one, for the salts of its logs. They differ from run to
// run, and what is read back does not depend on them.
int randomness(sqlite3_vfs*, int size, char* out) {
  DiskRandom random(static_cast<std::uint64_t>(size));
  std::generate_n(out, size, [&random] { return static_cast<char>(random()); });
  return size;
}

int wait(sqlite3_vfs*, int us) {
  return us;
}

int current_time(sqlite3_vfs*, double* days) {
  *days = noon_of_2000_julian_days;
  return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*) {
  return 0;
}

std::string next_name() {
  static std::atomic<std::uint64_t> count{0};
  return "forgetting-" + std::to_string(++count);
}

}  // namespace

struct ForgettingVfs::Registered {
  std::string name = next_name();
  sqlite3_vfs vfs{};
};

ForgettingVfs::ForgettingVfs(ForgettingDisk& disk) : registered_(std::make_unique<Registered>()) {
  registered_->vfs = {.iVersion = 1,
                      .szOsFile = sizeof(OpenFile),
                      .mxPathname = longest_name,
                      .zName = registered_->name.c_str(),
                      .pAppData = &disk,
                      .xOpen = open,
                      .xDelete = remove,
                      .xAccess = access,
                      .xFullPathname = full_path,
                      .xRandomness = randomness,
                      .xSleep = wait,
                      .xCurrentTime = current_time,
                      .xGetLastError = last_error};
  sqlite3_vfs_register(&registered_->vfs, 0);
}

ForgettingVfs::~ForgettingVfs() {
  sqlite3_vfs_unregister(&registered_->vfs);
}

const char* ForgettingVfs::name() const {
  return registered_->name.c_str();
}

}  // namespace parking::test_support
