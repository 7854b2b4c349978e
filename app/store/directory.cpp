#include "app/store/directory.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace parking::store {
namespace {

namespace fs = std::filesystem;

// The database comes first: were the log renamed first and the power lost in between, the database
// alone would come back as an older state of itself.
constexpr std::array<const char*, 4> parts = {"", "-wal", "-shm", "-journal"};

fs::path part_of(const fs::path& database, const char* part) {
  fs::path path = database;
  path += part;
  return path;
}

Error unusable(const fs::path& path, int reason) {
  const std::string text = "cannot use " + path.string() + ": " + std::strerror(reason);
  if (reason == ENOSPC || reason == EDQUOT)
    return {Error::Kind::disk_full, text + "; make room on the disk"};
  if (reason == EIO || reason == EROFS)
    return {Error::Kind::io, text + "; check state_dir and its disk, and restart the machine"};
  return {Error::Kind::unusable,
          text + "; check state_dir, and that the user who runs this program may write there"};
}

}  // namespace

std::expected<DirectoryLock, Error> DirectoryLock::take(const fs::path& directory) {
  std::error_code failed;
  fs::create_directories(directory, failed);
  if (failed) return std::unexpected(unusable(directory, failed.value()));

  const fs::path file = directory / "ledger.lock";
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (descriptor < 0) return std::unexpected(unusable(file, errno));
  DirectoryLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno != EWOULDBLOCK) return std::unexpected(unusable(file, errno));
  return std::unexpected(
      Error{Error::Kind::unusable, directory.string() +
                                       " is in use by another program; stop that one, or give "
                                       "this one a state_dir of its own"});
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

DirectoryLock& DirectoryLock::operator=(DirectoryLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

DirectoryLock::~DirectoryLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::expected<void, Error> sync_directory(const fs::path& directory) {
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const std::string why = synced ? "" : std::strerror(errno);
  if (descriptor >= 0) ::close(descriptor);
  if (synced) return {};
  return std::unexpected(Error{
      Error::Kind::io, "cannot sync " + directory.string() + ": " + why + "; check the disk"});
}

bool anything_at(const fs::path& database) {
  std::error_code ignored;
  for (const char* part : parts)
    if (fs::exists(part_of(database, part), ignored)) return true;
  return false;
}

void remove_unfinished(const fs::path& database) {
  std::error_code ignored;
  for (const char* part : parts) fs::remove(part_of(database, part), ignored);
}

std::expected<fs::path, Error> rename_aside(const fs::path& database, std::string_view suffix) {
  fs::path aside;
  int n = 0;
  do {
    aside = database;
    aside += "." + std::string(suffix) + "-" + std::to_string(++n);
  } while (anything_at(aside));

  for (const char* part : parts) {
    std::error_code failed;
    if (!fs::exists(part_of(database, part), failed)) continue;
    fs::rename(part_of(database, part), part_of(aside, part), failed);
    if (failed) return std::unexpected(unusable(database, failed.value()));
  }
  const auto synced = sync_directory(database.parent_path());
  if (!synced) return std::unexpected(synced.error());
  return aside;
}

}  // namespace parking::store
