#pragma once

#include "tests/bench/options.hpp"

namespace parking::bench {

/// From the moment the passage sensor clears behind a car to the last peer's new snapshot, against
/// a raw fan-out of as many bytes to as many processes, without and with the commit that comes
/// before anything may leave a gate.
void measure_crossing(const Options& options, std::size_t peers);

}  // namespace parking::bench
