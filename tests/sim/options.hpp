#pragma once

#include <expected>
#include <optional>

#include "tests/sim/campaign.hpp"
#include "tests/sim/kept.hpp"
#include "tests/sim/refusals.hpp"

namespace parking::sim {

struct Options {
  Campaign campaign;
  Kept kept;  ///< with `trace`
  bool trace = false;
  std::optional<RefusalSettings> refusals;
};

/// Otherwise what the program ends with: its help or what is wrong was printed.
std::expected<Options, int> parse_options(int count, const char* const* words);

}  // namespace parking::sim
