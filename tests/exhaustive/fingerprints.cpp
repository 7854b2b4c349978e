#include "tests/exhaustive/fingerprints.hpp"

#include <bit>
#include <cstring>

namespace parking::exhaustive {
namespace {

// Multiplication by an odd number and shifts are all one-to-one, so no bit is lost.
std::uint64_t mixed(std::uint64_t value) {
  value ^= value >> 32U;
  value *= 0x9FB21C651E98DF25ULL;
  value ^= value >> 29U;
  value *= 0xC2B2AE3D27D4EB4FULL;
  return value ^ (value >> 32U);
}

}  // namespace

std::uint64_t fingerprint(std::string_view bytes) {
  std::uint64_t hash = mixed(bytes.size() + 1);
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::size_t taken = bytes.size() < sizeof word ? bytes.size() : sizeof word;
    std::memcpy(&word, bytes.data(), taken);
    hash = mixed(std::rotl(hash, 23) + mixed(word ^ hash));
    bytes.remove_prefix(taken);
  }
  return hash == 0 ? 1 : hash;
}

bool Fingerprints::insert(std::uint64_t fingerprint) {
  if (2 * count_ >= places_.size()) grow();
  const std::size_t mask = places_.size() - 1;
  std::size_t place = fingerprint & mask;
  while (places_[place] != 0) {
    if (places_[place] == fingerprint) return false;
    place = (place + 1) & mask;
  }
  places_[place] = fingerprint;
  ++count_;
  return true;
}

void Fingerprints::grow() {
  std::vector<std::uint64_t> old(2 * places_.size());
  old.swap(places_);
  count_ = 0;
  for (const std::uint64_t fingerprint : old)
    if (fingerprint != 0) insert(fingerprint);
}

}  // namespace parking::exhaustive
