#pragma once

#include <cstddef>
#include <string>

#include "tests/sim/kept.hpp"
#include "tests/sim/plan.hpp"

namespace parking::sim {

struct Shrunk {
  Plan plan;
  Kept kept;  ///< of the whole plan: that makes `plan` of it
  std::size_t runs = 0;
};

/// Takes away faults, then cars, then whole gates from a plan that breaks `rule`, for as long as
/// the same rule breaks; gives up after `most_runs`.
Shrunk shrink(const Plan& plan, const std::string& rule, std::size_t most_runs);

/// The plan in words, one line for each thing that is left in it.
std::string describe(const Plan& plan);

}  // namespace parking::sim
