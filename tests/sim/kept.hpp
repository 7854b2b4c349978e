#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/plan.hpp"

namespace parking::sim {

/// Where things stand in a list of the plan as drawn, ascending.
using Places = std::vector<std::size_t>;

/// What is left of a plan; what is not set is left whole.
struct Kept {
  std::optional<Places> cars;
  std::optional<Places> faults;
  std::optional<Places> acts;
  std::optional<std::size_t> gates;  ///< the first ones
  bool no_loss = false;              ///< no message is lost while its connection lives
  bool plain_gates = false;          ///< clocks that run alike, rows of one version

  bool operator==(const Kept&) const = default;
};

/// Without the rest, and without what concerns gates that are not there.
Plan keep(const Plan& plan, const Kept& kept);

/// What is set in `kept` and not in the plan, with the option that names it.
std::optional<std::string> objection(const Plan& plan, const Kept& kept);

/// "0,4..7", or "none".
std::string to_text(const Places& places);
/// Its reverse; nothing when it is written in another way or does not ascend.
std::optional<Places> places_in(const std::string& text);

}  // namespace parking::sim
