#include "tests/bench/samples.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace parking::bench {

void Samples::add(Nanoseconds sample) {
  samples_.push_back(sample);
}

Nanoseconds Samples::at(double share) const {
  if (samples_.empty()) return Nanoseconds{0};
  std::vector<Nanoseconds> sorted = samples_;
  std::ranges::sort(sorted);
  const double rank = std::ceil(share * static_cast<double>(sorted.size()));
  const auto index = static_cast<std::size_t>(std::max(1.0, rank)) - 1;
  return sorted[std::min(index, sorted.size() - 1)];
}

double ratio(Nanoseconds measured, Nanoseconds baseline) {
  if (baseline.count() == 0) return std::numeric_limits<double>::infinity();
  return static_cast<double>(measured.count()) / static_cast<double>(baseline.count());
}

}  // namespace parking::bench
