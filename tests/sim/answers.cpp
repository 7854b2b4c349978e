#include "tests/sim/answers.hpp"

namespace parking::sim {

void Answers::heard(std::uint32_t machine, const core::OrderDone& done) {
  for (const core::Incarnation row : done.frozen)
    machines_[{done.row.row.owner.incarnation, row}].insert(machine);
}

bool Answers::only_by_another(std::uint32_t machine, core::Incarnation store,
                              core::Incarnation row) const {
  const auto known = machines_.find({store, row});
  return known != machines_.end() && !known->second.contains(machine);
}

}  // namespace parking::sim
