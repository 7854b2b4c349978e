#pragma once

#include <optional>

#include "tests/sim/campaign.hpp"
#include "tests/sim/refusals.hpp"

namespace parking::sim {

struct Options {
  Campaign campaign;
  bool trace = false;
  bool shrinks = true;  ///< explain failures at length
  std::optional<RefusalSettings> refusals;
};

/// Nothing: the program ends with `exit_code` (help, or what is wrong was printed).
std::optional<Options> parse_options(int count, char** values, int& exit_code);

}  // namespace parking::sim
