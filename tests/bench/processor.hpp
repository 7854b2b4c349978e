#pragma once

namespace parking::bench {

/// Where things run. The measured gate has a processor for itself and its store; all others share
/// the other one.
inline constexpr int measured_processor = 0;
inline constexpr int others_processor = 1;

/// From now on this thread, and every thread and process that it starts, runs on that processor
/// only; on the last one there is when there are fewer.
void pin_to(int processor);

}  // namespace parking::bench
