#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/core/lane.hpp"

namespace parking::core {

/// Plays a lane's script and returns the first line where the lane does something else, with what
/// it did; nothing when all is as written. One line each:
///
///   MILLISECONDS WHAT -> ACTION ACTION ...
///
/// WHAT: `approach LEVEL`, `passage LEVEL`, `admit` (a permit is spent on the waiting car),
/// `durable` (its record is on the disk), `resume` (the passage is covered at start, one admission
/// is pending) or `time`. LEVEL: clear, present, fault, unknown. The lane is woken whenever it asks
/// for it; what it does then needs a `time` line of its own. `#` begins a comment.
std::optional<std::string> play(LaneSettings settings, std::string_view script);

}  // namespace parking::core
