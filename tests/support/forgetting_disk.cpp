#include "tests/support/forgetting_disk.hpp"

#include <string_view>

namespace parking::test_support {

ForgettingDisk::File ForgettingDisk::find(const std::string& name) const {
  const auto found = seen_.find(name);
  return found == seen_.end() ? nullptr : found->second;
}

void ForgettingDisk::apply(const NameChange& change, Names& names) {
  if (!change.from.empty()) names.erase(change.from);
  if (change.file)
    names[change.name] = change.file;
  else
    names.erase(change.name);
}

void ForgettingDisk::change(NameChange change) {
  apply(change, seen_);
  unsynced_.push_back(std::move(change));
}

bool ForgettingDisk::operate() {
  if (has_stopped()) return false;
  if (stops_ && --until_stop_ == 0) return false;
  ++operations_;
  return true;
}

ForgettingDisk::File ForgettingDisk::make(const std::string& name) {
  if (has_stopped()) return nullptr;
  auto file = std::make_shared<ForgettingFile>();
  change({.name = name, .file = file, .from = {}});
  return file;
}

bool ForgettingDisk::remove(const std::string& name) {
  if (!operate()) return false;
  change({.name = name, .file = nullptr, .from = {}});
  return true;
}

bool ForgettingDisk::rename(const std::string& from, const std::string& to) {
  File file = find(from);
  if (!file || !operate()) return false;
  change({.name = to, .file = std::move(file), .from = from});
  return true;
}

bool ForgettingDisk::sync_directory() {
  if (!operate()) return false;
  ++syncs_;
  for (const NameChange& change : unsynced_) apply(change, durable_);
  unsynced_.clear();
  return true;
}

ForgettingDisk::Done ForgettingDisk::write(ForgettingFile& file, std::size_t offset,
                                           std::string_view bytes) {
  if (full_ && offset + bytes.size() > file.seen().size()) return Done::full;
  const bool stopped = has_stopped();
  if (operate()) {
    file.write(offset, bytes);
    return Done::yes;
  }
  if (!stopped) file.write(offset, bytes.substr(0, random_() % (bytes.size() + 1)));
  return Done::failed;
}

ForgettingDisk::Done ForgettingDisk::truncate(ForgettingFile& file, std::size_t size) {
  if (!operate()) return Done::failed;
  file.truncate(size);
  return Done::yes;
}

ForgettingDisk::Done ForgettingDisk::sync(ForgettingFile& file) {
  if (!operate()) return Done::failed;
  ++syncs_;
  if (until_failure_ && (*until_failure_)-- == 0) {
    until_failure_.reset();
    file.sync_in_vain(random_);
    return Done::failed;
  }
  file.sync();
  return Done::yes;
}

void ForgettingDisk::cut_power() {
  for (const NameChange& change : unsynced_)
    if (random_() % 2 == 0) apply(change, durable_);
  unsynced_.clear();
  seen_ = durable_;
  for (auto& [name, file] : seen_) file->forget(random_);
  stops_ = false;
  until_failure_.reset();
}

void ForgettingDisk::stop_after(std::uint64_t operations) {
  stops_ = true;
  until_stop_ = operations + 1;
}

DiskFiles ForgettingDisk::durable_files() const {
  DiskFiles files;
  for (const auto& [name, file] : durable_) files[name] = file->durable();
  return files;
}

void ForgettingDisk::put_back(const DiskFiles& files) {
  unsynced_.clear();
  durable_.clear();
  for (const auto& [name, bytes] : files) {
    auto file = std::make_shared<ForgettingFile>();
    file->replace(bytes);
    durable_[name] = std::move(file);
  }
  seen_ = durable_;
  stops_ = false;
  until_failure_.reset();
}

}  // namespace parking::test_support
