#include "tests/faults/card.hpp"

#include <string_view>

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

}  // namespace

Card::Card(const GateStation& gate) : at_(gate.state()), copies_(gate.folder / "copy") {}

void Card::clear() const {
  for (const auto& entry : fs::directory_iterator(at_))
    if (entry.path().filename() != not_ours) fs::remove_all(entry.path());
}

void Card::remove(const std::string& file) const {
  fs::remove(at_ / file);
}

void Card::truncate(const std::string& file, std::mt19937_64& random) const {
  const fs::path path = at_ / file;
  if (fs::exists(path) && fs::file_size(path) > 0)
    fs::resize_file(path, random() % fs::file_size(path));
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
}

}  // namespace parking::faults
