#include "app/store/file_copy.hpp"

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace parking::store {
namespace {

constexpr std::size_t piece_size = 1024UL * 1024;
constexpr const char* in_use = "it is in use by another program; stop that one first";

using Done = std::expected<void, std::string>;

std::unexpected<std::string> last_failure() {
  return std::unexpected(std::string(std::strerror(errno)));
}

class Descriptor {
public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool good() const { return number_ >= 0; }

private:
  int number_;
};

/// Whether another process holds a lock on any part of the file. Asks, and takes none.
bool is_locked(int file) {
  struct flock question{};
  question.l_type = F_WRLCK;
  question.l_whence = SEEK_SET;
  return ::fcntl(file, F_GETLK, &question) == 0 && question.l_type != F_UNLCK;
}

bool is_unchanged(const struct stat& before, const struct stat& after) {
  return before.st_size == after.st_size && before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
         before.st_mtim.tv_nsec == after.st_mtim.tv_nsec;
}

Done write_all(int to, const char* bytes, std::size_t size) {
  while (size > 0) {
    const auto written = ::write(to, bytes, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return last_failure();
    bytes += written;
    size -= static_cast<std::size_t>(written);
  }
  return {};
}

Done pour(int from, int to, std::uintmax_t largest, const std::stop_token& stop) {
  std::vector<char> piece(piece_size);
  std::uintmax_t total = 0;
  while (!stop.stop_requested()) {
    const auto size = ::read(from, piece.data(), piece.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return last_failure();
    if (size == 0) return {};
    total += static_cast<std::size_t>(size);
    if (total > largest) return std::unexpected("it is too large");
    if (auto done = write_all(to, piece.data(), static_cast<std::size_t>(size)); !done) return done;
  }
  return std::unexpected("this program is stopping");
}

}  // namespace

Done copy_foreign(const std::filesystem::path& from, const std::filesystem::path& to,
                  std::uintmax_t largest, const std::stop_token& stop) {
  // Without waiting: a pipe of that name may have nobody at its other end.
  const Descriptor source(::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat before{};
  if (!source.good() || ::fstat(source.number(), &before) != 0) return last_failure();
  if (!S_ISREG(before.st_mode)) return std::unexpected("it is no file");
  if (static_cast<std::uintmax_t>(before.st_size) > largest)
    return std::unexpected("it is too large");
  if (is_locked(source.number())) return std::unexpected(in_use);
  const Descriptor target(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!target.good()) return last_failure();
  if (auto done = pour(source.number(), target.number(), largest, stop); !done) return done;
  struct stat after{};
  if (::fstat(source.number(), &after) != 0) return last_failure();
  if (!is_unchanged(before, after)) return std::unexpected(in_use);
  return {};
}

}  // namespace parking::store
