#include "tests/sim/answers.hpp"

namespace parking::sim {

void Answers::heard(std::uint32_t machine, const core::OrderDone& done) {
  const core::Incarnation store = done.row.row.owner.incarnation;
  since_begin_[store].insert(machine);
  for (const core::Incarnation row : done.frozen) machines_[{store, row}].insert(machine);
}

bool Answers::recounted_by_another(std::uint32_t machine, core::Incarnation store) const {
  const auto known = since_begin_.find(store);
  return known != since_begin_.end() && !known->second.contains(machine);
}

bool Answers::only_by_another(std::uint32_t machine, core::Incarnation store,
                              core::Incarnation row) const {
  const auto known = machines_.find({store, row});
  return known != machines_.end() && !known->second.contains(machine);
}

}  // namespace parking::sim
