#pragma once

#include <cstdint>
#include <string>

#include "tests/sim/kept.hpp"
#include "tests/sim/plan.hpp"

namespace parking::sim {

/// The command that shows every step of what these wishes, and what is kept of it, make of the
/// seed: with the options that it needs and no more.
std::string command_for(std::uint64_t seed, const Wishes& wishes, const Kept& kept = {});

}  // namespace parking::sim
