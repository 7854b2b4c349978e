#pragma once

#include <string>

#include "app/core/snapshot.hpp"
#include "app/gate/config.hpp"
#include "hw/board_spec.hpp"
#include "hw/presence.hpp"

namespace parking::gate {

/// The gate's sensors, inputs and outputs as the hardware layer wants them described.
hw::BoardSpec board_spec(const GateConfig& config);

/// Names on the board.
std::string approach_of(const LaneConfig& lane);
std::string passage_of(const LaneConfig& lane);
std::string barrier_of(const LaneConfig& lane);

core::Presence to_core(hw::Presence presence);
hw::Presence to_hw(core::Presence presence);

}  // namespace parking::gate
