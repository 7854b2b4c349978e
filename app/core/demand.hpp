#pragma once

#include <vector>

#include "app/core/flat_map.hpp"
#include "app/core/messages.hpp"
#include "app/core/types.hpp"

namespace parking::core {

/// Somebody who waits for permits: a peer that asked.
struct Demand {
  Incarnation asker;
  Count wanted = 0;
  DemandRank rank = DemandRank::waiting;
  std::uint64_t id = 0;  ///< of the newest inquiry
  Instant since;         ///< of the first inquiry of this wait
  Instant expires;
};

/// What a donor remembers of its peers' inquiries: one queue, by rank and then by age (ledger
/// rule 6). A gift is made at most once per inquiry id; a demand that is not renewed is forgotten.
class DemandQueue {
public:
  /// `wanted` 0: the asker waits no longer.
  void heard(Incarnation asker, std::uint64_t id, Count wanted, DemandRank rank, Instant now);
  /// The asker got `count` for its newest inquiry. What it still wants it asks for under a new id,
  /// and then it has the place in the queue that it had.
  void served(Incarnation asker, Count count);
  void forget(Incarnation asker);
  void expire(Instant now);

  /// Those that may be given something now, the highest rank and the oldest wait first.
  [[nodiscard]] std::vector<Demand> in_order() const;
  [[nodiscard]] Count total() const;

  /// A demand lives this long at the donor; askers renew each second.
  static constexpr Duration lifetime{3000};

private:
  struct Entry {
    Demand demand;
    std::uint64_t served_id = 0;
  };
  FlatMap<Incarnation, Entry> entries_;
};

}  // namespace parking::core
