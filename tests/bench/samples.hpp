#pragma once

#include <cstddef>
#include <vector>

#include "tests/bench/clock.hpp"

namespace parking::bench {

/// Durations of one thing that was done many times.
class Samples {
public:
  void add(Nanoseconds sample);
  [[nodiscard]] std::size_t size() const { return samples_.size(); }
  /// The least sample that `share` (0 to 1) of all samples do not exceed; zero when there is none.
  [[nodiscard]] Nanoseconds at(double share) const;
  [[nodiscard]] Nanoseconds p50() const { return at(0.50); }
  [[nodiscard]] Nanoseconds p99() const { return at(0.99); }

private:
  std::vector<Nanoseconds> samples_;
};

double ratio(Nanoseconds measured, Nanoseconds baseline);

}  // namespace parking::bench
