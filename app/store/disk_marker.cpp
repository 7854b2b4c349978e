#include "app/store/disk_marker.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>

namespace parking::store {
namespace {

namespace fs = std::filesystem;

fs::path with_suffix(fs::path path, const char* suffix) {
  path += suffix;
  return path;
}

// Renamed into place: a program that is killed in the midst of it leaves the whole text or none.
bool put(const fs::path& file, const std::string& text) {
  const fs::path unfinished = with_suffix(file, ".new");
  std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (out && std::rename(unfinished.c_str(), file.c_str()) == 0) return true;
  const int reason = errno;
  std::error_code ignored;
  fs::remove(unfinished, ignored);
  errno = reason;
  return false;
}

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::string boot_id() {
  std::string id;
  std::ifstream("/proc/sys/kernel/random/boot_id") >> id;
  return id.empty() ? "unknown" : id;
}

std::string DiskMarker::text(core::Incarnation store) const {
  return "boot " + boot_ + "\nstore " + to_string(store) + "\n";
}

std::expected<void, std::string> DiskMarker::write(core::Incarnation store) const {
  std::string why;
  for (const fs::path& file : files_) {
    if (put(file, text(store))) return {};
    why += (why.empty() ? "" : ", ") + file.string() + ": " + std::strerror(errno);
  }
  if (why.empty()) return {};
  return std::unexpected(why);
}

bool DiskMarker::names(core::Incarnation store) const {
  bool named = false;
  for (const fs::path& file : files_) {
    std::error_code ignored;
    if (content_of(file) == text(store))
      named = true;
    else
      fs::remove(file, ignored);
  }
  return named;
}

void DiskMarker::remove() const {
  std::error_code ignored;
  for (const fs::path& file : files_) fs::remove(file, ignored);
}

DiskMarker disk_marker(const fs::path& socket, const fs::path& state_dir) {
  return {{with_suffix(socket, ".disk-failed"), state_dir / "ledger.disk-failed"}, boot_id()};
}

}  // namespace parking::store
