#pragma once

#include <map>
#include <set>

#include "app/core/ledger.hpp"
#include "app/core/row.hpp"
#include "app/core/types.hpp"

namespace parking::core {

/// A live row as its owner told it for a recount.
struct Pinned {
  Row row;
  Count left_when_ordered = 0;  ///< `left` when the order came; later exits are counted on top
  /// `unadmitted` as last heard before the number was given. Cars that crossed without a permit
  /// since then are counted on top: one too many is safe, one too few lets a car too many in.
  Count unadmitted_before = 0;
};

/// Ledger rule 10: `rows`, of which the highest copies are in `view`, get 0 permits each, and their
/// cars in mid-admission count as inside from now on. Writes `reclaimed` and `retired`.
void close_rows(const Ledger& view, const std::set<Incarnation>& rows, OfficePart& office);

/// Ledger rule 11: what to add to `corrected` so that `counted` cars are inside as of the
/// operator's command. `live`: the rows of all live gates, pinned after the command; all others are
/// taken from `view`. `closing`: the rows that the same change closes.
[[nodiscard]] Count correction(const Ledger& view, const std::map<Incarnation, Pinned>& live,
                               const std::set<Incarnation>& closing, Count counted);

}  // namespace parking::core
