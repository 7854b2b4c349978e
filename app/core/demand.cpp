#include "app/core/demand.hpp"

#include <algorithm>
#include <ranges>

namespace parking::core {

void DemandQueue::heard(Incarnation asker, std::uint64_t id, Count wanted, Instant now) {
  Entry& entry = entries_[asker];
  Demand& demand = entry.demand;
  if (id < demand.id || id <= entry.served_id) return;  // late or repeated
  if (demand.wanted == 0 || now >= demand.expires) demand.since = now;
  demand.asker = asker;
  demand.id = id;
  demand.wanted = std::max<Count>(0, wanted);
  demand.expires = now + lifetime;
}

void DemandQueue::served(Incarnation asker) {
  const auto found = entries_.find(asker);
  if (found == entries_.end()) return;
  found->second.served_id = found->second.demand.id;
  found->second.demand.wanted = 0;
}

void DemandQueue::forget(Incarnation asker) {
  entries_.erase(asker);
}

void DemandQueue::expire(Instant now) {
  for (Entry& entry : entries_ | std::views::values)
    if (now >= entry.demand.expires) entry.demand.wanted = 0;
}

std::vector<Demand> DemandQueue::oldest_first() const {
  std::vector<Demand> waiting;
  for (const Entry& entry : entries_ | std::views::values)
    if (entry.demand.wanted > 0) waiting.push_back(entry.demand);
  std::ranges::stable_sort(waiting, {}, &Demand::since);
  return waiting;
}

Count DemandQueue::total() const {
  Count total = 0;
  for (const Entry& entry : entries_ | std::views::values) total += entry.demand.wanted;
  return total;
}

}  // namespace parking::core
