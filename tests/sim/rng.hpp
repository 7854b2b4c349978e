#pragma once

#include <cstdint>

namespace parking::sim {

/// SplitMix64: one word of state, so that each part of a run has a stream of its own.
class Rng {
public:
  explicit Rng(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
  }
  /// 0..n-1; n below 2^32.
  std::uint64_t below(std::uint64_t n) { return n == 0 ? 0 : ((next() >> 32U) * n) >> 32U; }
  /// low..high, both included.
  std::int64_t between(std::int64_t low, std::int64_t high) {
    if (high <= low) return low;
    return low + static_cast<std::int64_t>(next() % (static_cast<std::uint64_t>(high - low) + 1));
  }
  bool permille(std::uint64_t chance) { return below(1000) < chance; }
  /// A stream that does not depend on how much of this one is used later.
  Rng fork() { return Rng(next()); }

private:
  std::uint64_t state_;
};

}  // namespace parking::sim
