#pragma once

#include <chrono>

#include "app/core/types.hpp"

namespace parking::peer {

/// How long to wait before the next try: doubles up to a cap, with jitter so that gates that lost
/// the same partner do not come back in step.
class Backoff {
public:
  explicit Backoff(core::Random random) : random_(std::move(random)) {}

  /// The next wait: between half and all of the current step.
  std::chrono::milliseconds next();
  void reset() { step_ = first; }

  static constexpr std::chrono::milliseconds first{100};
  static constexpr std::chrono::milliseconds longest{5000};

private:
  core::Random random_;
  std::chrono::milliseconds step_ = first;
};

}  // namespace parking::peer
