#include "app/core/demand.hpp"

#include <algorithm>
#include <ranges>

namespace parking::core {

void DemandQueue::heard(Incarnation asker, std::uint64_t id, Count wanted, DemandRank rank,
                        Instant now) {
  Entry& entry = entries_[asker];
  Demand& demand = entry.demand;
  if (id < demand.id || id <= entry.served_id) return;  // late or repeated
  if (demand.wanted == 0 || demand.rank != rank || now >= demand.expires) demand.since = now;
  demand.asker = asker;
  demand.id = id;
  demand.wanted = std::max<Count>(0, wanted);
  demand.rank = rank;
  demand.expires = now + lifetime;
}

void DemandQueue::served(Incarnation asker, Count count) {
  const auto found = entries_.find(asker);
  if (found == entries_.end()) return;
  Entry& entry = found->second;
  entry.served_id = entry.demand.id;
  entry.demand.wanted = std::max<Count>(0, entry.demand.wanted - count);
}

void DemandQueue::forget(Incarnation asker) {
  entries_.erase(asker);
}

void DemandQueue::expire(Instant now) {
  for (Entry& entry : entries_ | std::views::values)
    if (now >= entry.demand.expires) entry.demand.wanted = 0;
}

std::vector<Demand> DemandQueue::in_order() const {
  std::vector<Demand> waiting;
  for (const Entry& entry : entries_ | std::views::values)
    if (entry.demand.wanted > 0 && entry.served_id < entry.demand.id)
      waiting.push_back(entry.demand);
  std::ranges::stable_sort(waiting, [](const Demand& a, const Demand& b) {
    return a.rank != b.rank ? a.rank > b.rank : a.since < b.since;
  });
  return waiting;
}

Count DemandQueue::total() const {
  Count total = 0;
  for (const Entry& entry : entries_ | std::views::values) total += entry.demand.wanted;
  return total;
}

}  // namespace parking::core
