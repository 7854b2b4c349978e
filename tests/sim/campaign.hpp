#pragma once

#include <cstdint>
#include <cstdio>
#include <vector>

#include "tests/sim/plan.hpp"
#include "tests/sim/report.hpp"

namespace parking::sim {

struct Campaign {
  std::uint64_t first_seed = 1;
  std::uint64_t seeds = 1000;
  Wishes wishes;
  unsigned jobs = 1;
  bool progress = false;
};

struct Failure {
  std::uint64_t seed = 0;
  Violation violation;
};

struct Result {
  std::uint64_t seeds = 0;
  double seconds = 0;
  Outcome sum;
  std::uint64_t cars = 0;
  std::vector<Failure> failures;  ///< by seed
};

/// Runs every seed, on as many threads as there are jobs.
Result run(const Campaign& campaign);

/// The closing figures.
void print(const Result& result, std::FILE* out);
/// The seed, the broken rule, the last steps, and a smaller scenario that breaks the same rule,
/// each with the command that replays it.
void explain(const Failure& failure, const Wishes& wishes, std::FILE* out);

}  // namespace parking::sim
