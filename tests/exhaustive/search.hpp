#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/exhaustive/model.hpp"

namespace parking::exhaustive {

struct Result {
  std::size_t states = 0;
  std::size_t transitions = 0;
  std::size_t depth = 0;       ///< steps from the start to the farthest state
  std::size_t agreements = 0;  ///< states in which all programs were compared
  std::size_t ledgers = 0;     ///< different ledgers that were built
  std::size_t gates = 0;       ///< gates, each from another store, that saw a car at each lane
  double seconds = 0;
  bool complete = false;  ///< false: the limit on states was reached, or a violation was found
  std::map<std::string_view, std::size_t> steps;  ///< how often each kind of step was taken
  std::string violation;
  std::vector<std::string> trace;  ///< the steps that lead to the violation, the shortest way
};

/// Breadth first through every state that the scope allows, until a violation.
Result search(const Scope& scope);

/// The chance that any two of so many states share a 64-bit fingerprint, so that one was missed.
double chance_of_collision(std::size_t states);

}  // namespace parking::exhaustive
