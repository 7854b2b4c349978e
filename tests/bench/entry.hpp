#pragma once

#include "tests/bench/options.hpp"

namespace parking::bench {

/// From the approach sensor to the open barrier, holding a permit, against one bare commit of the
/// same record.
void measure_entry_with_permit(const Options& options);

/// The same without a permit, which a peer has, against two bare commits (the donor's and the own)
/// and a raw fan-out to as many peers.
void measure_entry_without_permit(const Options& options, std::size_t peers);

}  // namespace parking::bench
