#include "app/peer/backoff.hpp"

#include <algorithm>

namespace parking::peer {

std::chrono::milliseconds Backoff::next() {
  const auto half = step_ / 2;
  const auto jitter =
      static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(half.count() + 1));
  step_ = std::min(step_ * 2, limits_.longest);
  return half + std::chrono::milliseconds(jitter);
}

}  // namespace parking::peer
