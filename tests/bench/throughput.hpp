#pragma once

#include "tests/bench/options.hpp"

namespace parking::bench {

/// Entries a second with many gates of one lot at once, all on one disk, against as many processes
/// that make two bare commits a car (let in, counted). In turns, in the same processes.
void measure_throughput(const Options& options);

}  // namespace parking::bench
