#pragma once

#include "app/core/alarms.hpp"
#include "app/core/exchange.hpp"

namespace parking::core {

/// Raises and clears the alarms that follow from the ledger's figures, at a gate and at the office
/// alike: `count_out_of_range`, `stranded`, `row_clash`. To be called after every step.
void watch_lot(const Exchange& exchange, Alarms& alarms, Instant now);

}  // namespace parking::core
