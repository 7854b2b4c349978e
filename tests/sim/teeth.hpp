#pragma once

#include <cstdint>
#include <string>

#include "tests/sim/bugs.hpp"
#include "tests/sim/plan.hpp"

namespace parking::sim {

struct Catch {
  bool caught = false;
  std::uint64_t seeds = 0;  ///< run until then, the one that caught it included
  std::string rule;         ///< that broke; "assertion" when the core itself stopped
};

/// Plants the mistake and runs seeds from `first` on until a rule breaks, `most` of them. In a
/// process of its own: an assertion of the core may end it.
Catch hunt(core::Bug bug, std::uint64_t first, std::uint64_t most, const Wishes& wishes);

}  // namespace parking::sim
