// What an observer who sees everything makes of each step.
#include <algorithm>

#include "tests/sim/simulation.hpp"

namespace parking::sim {

// What a message must not do, or must.
void Simulation::witness(Machine& machine, const core::Received& received, bool foreign) {
  if (machine.question.hears(received.link, received.message) &&
      network_.knew_of_the_end(received.link))
    machine.question.contradict();
  if (const auto broken = machine.held_rows.after(received.message, machine.exchange().ledger()))
    violate("a ledger only grows", machine.name.text() + ": " + *broken);
  if (foreign && !machine.exchange().identity_ended())
    violate("another history went unnoticed",
            machine.name.text() + " was told of a version of its row that it never wrote");
}

// Ledger rule 8: an office whose store was put back does nothing before every live gate has told
// which version of its row it knows. None knows more, so what the store lacks never happened, its
// closings of rows too, and what it writes from here on, a recount as well, is true.
void Simulation::accept_office(Machine& machine) {
  if (!machine.shadow || machine.index != office_machine || !machine.exchange().may_spend()) return;
  const core::Row row = *std::exchange(machine.shadow, std::nullopt);
  const core::Count inside = truth_.inside();
  (void)truth_.settle(row.owner, &row);
  operator_.settlement().adopted(inside);
  if (const auto broken = truth_.objection()) violate("permits of an office put back", *broken);
}

void Simulation::account(Machine& machine) {
  const core::Row& own = machine.exchange().journal().own();
  accept_office(machine);
  if (machine.shadow) return account_shadow(machine, own);
  if (machine.late) return account_late(machine, own);
  const Truth::Entry* known = truth_.find(own.owner.incarnation);
  if (own.version == 0 || (known != nullptr && known->version == own.version)) return;
  RowChange change;
  if (known != nullptr && !known->unknowable.empty()) follow_settled(machine, *known);
  const core::Count capacity = truth_.capacity();
  if (const auto broken = truth_.observe(own, change))
    violate("rows grow, one writer each", machine.name.text() + ": " + *broken);
  office_store_.written(machine, own, truth_.capacity() - capacity);
  if (machine.gate) check_start(machine, truth_.has_spent());
  if (machine.gate) counted(machine, change);
  if (const auto broken = truth_.objection()) violate("permits", *broken);
}

void Simulation::follow_settled(const Machine& machine, const Truth::Entry& entry) {
  const core::Ledger& ledger = machine.exchange().ledger();
  const auto gifts = entry.unknowable;
  for (const Truth::Entry::SecondGift& gift : gifts) {
    const core::RowCopy* held = ledger.find(gift.from);
    const std::optional<core::Version> retired = ledger.retired_at(gift.from);
    core::Row
        none;  // what is beyond the retirement goes, and the right copy may come later or never
    none.owner.incarnation = gift.from;
    if (retired && (held == nullptr || held->row.version <= *retired))
      truth_.settle_unknowable(machine.incarnation(), held == nullptr ? none : held->row);
  }
}

// What a restored or cloned store does counts for nobody but the world.
void Simulation::account_shadow(Machine& machine, const core::Row& own) {
  if (own.version == machine.shadow->version) return;
  const RowChange change = difference(own, *machine.shadow);
  check_start(machine, change.admitted > 0 || own.given != machine.shadow->given);
  if (const auto broken = truth_.observe_second(own, *machine.shadow))
    violate("permits of a second history", *broken);
  machine.shadow = own;
  counted(machine, change);
}

// Ledger rule 10: a closed row is for its gate's history only, and lets nobody in. Where everybody
// in reach has slept through the closing there is nobody to say so, and it is a second history.
void Simulation::account_late(Machine& machine, const core::Row& own) {
  if (own.version == machine.late->version) return;
  const RowChange change = difference(own, *machine.late);
  if (change.admitted != 0 || own.given != machine.late->given) {
    if (!machine.question.answered() || machine.question.contradicted())
      return violate("a closed row went on",
                     machine.name.text() + ": " + to_string(own.owner.incarnation) +
                         " at version " + std::to_string(own.version) +
                         (change.admitted != 0 ? " let a car in, " : " gave, ") +
                         (machine.question.contradicted() ? "contradicted" : "unanswered"));
    ++outcome_.uncontradicted;
    if (tracing()) log(machine.name.text() + " goes on with a closed row, which nobody told it");
    machine.shadow = std::exchange(machine.late, std::nullopt);
    street_.store_put_back(machine, *machine.shadow);
    return account_shadow(machine, own);
  }
  machine.late = own;
  street_.wrote_late(machine, change);
}

void Simulation::check_start(const Machine& machine, bool has_spent) {
  if (has_spent && !machine.question.answered())
    violate("spent before the start was answered",
            machine.name.text() + " let a car in, or gave, before it was told what others know");
}

void Simulation::counted(Machine& machine, const RowChange& change) {
  street_.counted(machine, change);
  if (change.admitted > 0) street_.check_sold(machine);
}

}  // namespace parking::sim
