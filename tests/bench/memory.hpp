#pragma once

#include "tests/bench/options.hpp"

namespace parking::bench {

/// Memory of the real `parking-gate`, at rest and after many cars that were driven in and out over
/// its local socket.
void measure_memory(const Options& options);

}  // namespace parking::bench
