// What a machine's row has become with a step, for the truth and for its lanes.
#include "tests/sim/simulation.hpp"

namespace parking::sim {

void Simulation::account(Machine& machine) {
  const core::Row& own = machine.exchange().journal().own();
  if (machine.shadow) return account_shadow(machine, own);
  if (machine.late) return account_late(machine, own);
  const Truth::Entry* known = truth_.find(own.owner.incarnation);
  if (own.version == 0 || (known != nullptr && known->version == own.version)) return;
  RowChange change;
  if (const auto broken = truth_.observe(own, change))
    violate("rows grow, one writer each", machine.name.text() + ": " + *broken);
  if (machine.gate) street_.counted(machine, change);
  if (const auto broken = truth_.objection()) violate("permits", *broken);
}

// What a restored or cloned store does counts for nobody but the world.
void Simulation::account_shadow(Machine& machine, const core::Row& own) {
  if (own.version == machine.shadow->version) return;
  const RowChange change = difference(own, *machine.shadow);
  truth_.allow_unknowable(change.admitted + given_since(own, *machine.shadow));
  machine.shadow = own;
  street_.counted(machine, change);
}

// Ledger rule 10: a closed row is for its gate's history only, and lets nobody in.
void Simulation::account_late(Machine& machine, const core::Row& own) {
  if (own.version == machine.late->version) return;
  const RowChange change = difference(own, *machine.late);
  if (change.admitted != 0 || given_since(own, *machine.late) != 0)
    violate("a closed row went on", machine.name.text());
  machine.late = own;
  street_.wrote_late(machine, change);
}

}  // namespace parking::sim
