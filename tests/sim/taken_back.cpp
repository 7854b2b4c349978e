// What is taken back of what was settled: a takeover forgets what nobody has heard of.
#include <utility>

#include "tests/sim/settlement.hpp"
#include "tests/sim/simulation.hpp"

namespace parking::sim {

// Closings and corrections that nobody has heard of are taken back: the rows count again what they
// counted before them, and the new office may close such a row anew, at another version.
void Settlement::adopted(core::Count inside_before) {
  settled_ += sim_.truth().inside() - inside_before;
  std::set<core::Incarnation> open;
  for (const core::Incarnation row : closed_)
    if (const Truth::Entry* entry = sim_.truth().find(row); entry != nullptr && !entry->closed)
      open.insert(row);
  for (const core::Incarnation row : open) reopened(row);
}

// What its gate wrote since is part of it again.
void Settlement::reopened(core::Incarnation row) {
  closed_.erase(row);
  retired_.erase(row);
  Machine* machine = owner(row);
  if (machine == nullptr || !machine->late) return;
  const core::Row late = *std::exchange(machine->late, std::nullopt);
  sim_.log(machine->name.text() + " writes a row that is open again");
  sim_.street().add_listed(*machine, sim_.truth().revert(late));
}

}  // namespace parking::sim
