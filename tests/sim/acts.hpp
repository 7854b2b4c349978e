#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tests/sim/agenda.hpp"

namespace parking::sim {

struct Plan;

/// What an operator does in a scenario (ledger rules 9 to 11).
enum class ActKind : std::uint8_t {
  recount,  ///< begins, counts the cars, gives their number
  retire,   ///< a machine is switched off and its gate taken out; it comes back later
  leave,    ///< a gate hands everything over and goes; it comes back with a new store
  import,   ///< a machine is switched off and the office reads its store
  count
};
inline constexpr std::size_t act_kinds = static_cast<std::size_t>(ActKind::count);
std::string_view to_string(ActKind kind);

struct OperatorAct {
  Time at = 0;
  Time lasts = 0;  ///< until the gate comes back
  ActKind kind = ActKind::recount;
  std::uint16_t node = 1;    ///< the gate it is about
  std::uint16_t other = 1;   ///< another one
  std::uint64_t chance = 0;  ///< what the operator is like this time
};

/// Adds to the plan what its operator does; from a stream of its own, so that the rest of a seed's
/// plan does not depend on it.
void draw_acts(Plan& plan);

}  // namespace parking::sim
