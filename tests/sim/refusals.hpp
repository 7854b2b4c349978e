#pragma once

#include <cstdint>
#include <cstdio>

#include "app/core/types.hpp"
#include "tests/sim/agenda.hpp"

namespace parking::sim {

/// An experiment: how many cars go away although a permit was in reach?
struct RefusalSettings {
  std::size_t gates = 10;
  std::uint64_t loss_percent = 0;
  std::uint64_t arrivals = 100'000;
  std::uint64_t seed = 1;
};

struct Refusals {
  std::uint64_t arrivals = 0;
  std::uint64_t entries = 0;
  std::uint64_t refused = 0;  ///< gave up
  std::uint64_t wrongly = 0;  ///< although a live gate in reach held a permit
  std::uint64_t messages = 0;
  core::Count capacity = 0;
  Time simulated = 0;
};

Refusals measure(const RefusalSettings& settings);
void print(const Refusals& refusals, const RefusalSettings& settings, std::FILE* out);

}  // namespace parking::sim
