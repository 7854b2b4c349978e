#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/sim/agenda.hpp"

namespace parking::sim {

struct Violation {
  std::string rule;  ///< short and stable: what a shrinker compares
  std::string text;
  Time at = 0;
};

/// What one seed did.
struct Outcome {
  std::optional<Violation> violation;
  std::uint64_t digest = 0;
  Time simulated = 0;
  std::uint64_t entries = 0;  ///< cars that drove in through an opened barrier
  std::uint64_t exits = 0;
  std::uint64_t arrivals = 0;  ///< cars that came to a barrier to get in
  std::uint64_t gave_up = 0;
  std::uint64_t wrongly_refused = 0;  ///< gave up while a gate in reach held a permit
  std::uint64_t messages = 0;
  std::uint64_t oversold = 0;
  std::uint64_t oversold_unknowable = 0;
  std::uint64_t lost = 0;
  std::uint64_t listed = 0;  ///< crossings that the world lists as not countable
  std::uint64_t recounts = 0;
  std::uint64_t retirements = 0;
  std::uint64_t returns = 0;  ///< of gates that an operator had taken out
  std::uint64_t leaves = 0;
  std::uint64_t imports = 0;
  std::uint64_t unknowable_images = 0;  ///< imported though old: nobody knew better
  std::uint64_t uncontradicted = 0;     ///< closed stores that went on: nobody in reach knew it
  std::uint64_t happenings = 0;
};

}  // namespace parking::sim
