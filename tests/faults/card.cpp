#include "tests/faults/card.hpp"

#include <string_view>

#include <fcntl.h>
#include <unistd.h>

#include "tests/faults/station.hpp"

namespace parking::faults {
namespace {

namespace fs = std::filesystem;

// The file system's own.
constexpr std::string_view not_ours = "lost+found";

void copy_files(const fs::path& from, const fs::path& to) {
  for (const auto& entry : fs::directory_iterator(from))
    if (entry.is_regular_file()) fs::copy(entry.path(), to / entry.path().filename());
}

// What is put on a card is on it before anything else happens to it.
void sync(const fs::path& at) {
  const int folder = ::open(at.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  ::syncfs(folder);
  ::close(folder);
}

}  // namespace

Card::Card(const GateStation& gate) : at_(gate.state()), copies_(gate.folder / "copy") {}

void Card::clear() const {
  for (const auto& entry : fs::directory_iterator(at_))
    if (entry.path().filename() != not_ours) fs::remove_all(entry.path());
  sync(at_);
}

void Card::remove(const std::string& file) const {
  fs::remove(at_ / file);
  sync(at_);
}

void Card::truncate(const std::string& file, std::mt19937_64& random) const {
  const fs::path path = at_ / file;
  if (fs::exists(path) && fs::file_size(path) > 0)
    fs::resize_file(path, random() % fs::file_size(path));
  sync(at_);
}

fs::path Card::copy() const {
  fs::remove_all(copies_);
  fs::create_directories(copies_);
  copy_files(at_, copies_);
  return copies_;
}

void Card::restore(const fs::path& copy) const {
  clear();
  copy_files(copy, at_);
  sync(at_);
}

}  // namespace parking::faults
