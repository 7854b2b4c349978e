#include "tests/support/forgetting_file.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace parking::test_support {
namespace {

void put(std::string& to, std::size_t offset, std::string_view bytes) {
  if (to.size() < offset + bytes.size()) to.resize(offset + bytes.size());
  bytes.copy(to.data() + offset, bytes.size());
}

/// How much of what was not synced survives a cut, in percent: a commit has some forty sectors, and
/// drawn evenly for each, hardly any cut would leave all of them or none.
constexpr std::array<std::uint64_t, 6> kept_percents{0, 10, 50, 90, 98, 100};

bool one_in(std::uint64_t n, DiskRandom& random) {
  return random() % n == 0;
}

/// A sector that was being written: new up to some byte, then as it was, or then anything.
void tear(std::string& to, std::size_t offset, std::string_view bytes, DiskRandom& random) {
  const std::size_t whole = random() % bytes.size();
  put(to, offset, bytes.substr(0, whole));
  if (!one_in(2, random)) return;
  std::string rest(bytes.substr(whole));
  for (char& byte : rest) byte = static_cast<char>(random());
  put(to, offset + whole, rest);
}

}  // namespace

void ForgettingFile::write(std::size_t offset, std::string_view bytes) {
  if (bytes.empty()) return;
  put(seen_, offset, bytes);
  unsynced_.emplace_back(Written{offset, std::string(bytes)});
}

void ForgettingFile::truncate(std::size_t size) {
  seen_.resize(size);
  unsynced_.emplace_back(Cut{size});
}

void ForgettingFile::sync() {
  for (const Change& change : unsynced_) {
    if (const auto* written = std::get_if<Written>(&change))
      put(durable_, written->offset, written->bytes);
    else
      durable_.resize(std::get<Cut>(change).size);
  }
  unsynced_.clear();
}

void ForgettingFile::sync_in_vain(DiskRandom& random) {
  keep_some(random);
}

void ForgettingFile::forget(DiskRandom& random) {
  keep_some(random);
  seen_ = durable_;
}

void ForgettingFile::replace(std::string bytes) {
  unsynced_.clear();
  durable_ = std::move(bytes);
  seen_ = durable_;
}

void ForgettingFile::keep_some(DiskRandom& random) {
  const std::uint64_t kept = kept_percents.at(random() % kept_percents.size());
  for (const Change& change : unsynced_) {
    if (const auto* cut = std::get_if<Cut>(&change)) {
      if (random() % 100 < kept) durable_.resize(cut->size);
      continue;
    }
    const auto& [offset, bytes] = std::get<Written>(change);
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t size =
          std::min(bytes.size() - at, sector_bytes - (offset + at) % sector_bytes);
      const std::string_view sector = std::string_view(bytes).substr(at, size);
      if (random() % 100 < kept)
        put(durable_, offset + at, sector);
      else if (kept != 0 && one_in(4, random))
        tear(durable_, offset + at, sector, random);
      at += size;
    }
  }
  unsynced_.clear();
}

}  // namespace parking::test_support
