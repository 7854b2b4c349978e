#pragma once

#include <chrono>

#include "app/core/types.hpp"

namespace parking::peer {

struct BackoffLimits {
  std::chrono::milliseconds first{100};
  std::chrono::milliseconds longest{5000};
};

/// How long to wait before the next try: doubles up to a cap, with jitter so that gates that lost
/// the same partner do not come back in step.
class Backoff {
public:
  explicit Backoff(core::Random random, BackoffLimits limits = {})
      : random_(std::move(random)), limits_(limits), step_(limits.first) {}

  /// The next wait: between half and all of the current step.
  std::chrono::milliseconds next();
  void reset() { step_ = limits_.first; }

private:
  core::Random random_;
  BackoffLimits limits_;
  std::chrono::milliseconds step_;
};

}  // namespace parking::peer
