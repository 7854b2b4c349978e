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

struct Hunt {
  std::uint64_t first_seed = 1;
  std::uint64_t most_seeds = 10'000;
  unsigned jobs = 1;
  Wishes wishes;
};

/// Plants the mistake and runs seeds until a rule breaks: the first seed that does, however many
/// look for it. In processes of their own: an assertion of the core may end one.
Catch hunt(core::Bug bug, const Hunt& hunt);

}  // namespace parking::sim
