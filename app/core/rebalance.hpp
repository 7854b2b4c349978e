#pragma once

#include <vector>

#include "app/core/types.hpp"

namespace parking::core {

/// How many permits a donor gives to one asker. Policy only: that a donor holds what it gives is
/// tested by the ledger's rules, not here.
struct GiftQuestion {
  Count permits = 0;   ///< the donor's own
  Count needed = 0;    ///< cars that wait here and elsewhere, the asker's `wanted` included
  Count wanted = 0;    ///< by the asker
  Count capacity = 0;  ///< of the lot
  Count gates = 1;     ///< that let cars in
};

/// `wanted`, as far as the permits go, plus a small reserve out of what nobody waits for, so that
/// the asker's next cars need no peer. 0 when the donor has none.
[[nodiscard]] Count gift_size(const GiftQuestion& question);

/// Shares `permits` out so that the poorest receivers get the most: `balances[i]` is what receiver
/// i holds already, the result what each gets. The sum of the result is `permits` (when positive
/// and there is a receiver).
[[nodiscard]] std::vector<Count> share_out(Count permits, const std::vector<Count>& balances);

}  // namespace parking::core
