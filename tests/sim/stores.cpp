// What becomes of the machines' stores: commits, errors, ends.
#include "tests/sim/simulation.hpp"

namespace parking::sim {

void Simulation::end_identity(Machine& machine, const std::string& why) {
  if (tracing()) log(machine.name.text() + "'s store has ended: " + why);
  machine.replaced = why;
  crash(machine, 0);
  if (machine.name.is_office()) return office_store_.ended(machine);
  renew_store(machine);
  agenda_.add(now() + 100 * us_per_ms, What::restart, machine.index, machine.life);
}

// A store that was put back took the true one's place, so the true history ends with it as well;
// a copy's goes on in the first machine.
void Simulation::renew_store(Machine& machine) {
  const bool is_copy = machine.index > plan_.gates.size();
  if (!machine.shadow || !is_copy) truth_.bury(machine.incarnation());
  machine.disk.renew(core::Incarnation{store_rng_.next() | 1U});
  machine.shadow.reset();
  machine.late.reset();
  machine.own_rows.push_back(machine.incarnation());
  street_.store_lost(machine);
}

void Simulation::begin_commit(Machine& machine) {
  Disk& disk = machine.disk;
  if (!disk.idle() || !disk.has_work() || disk.state != Disk::State::sound) return;
  disk.begin_commit();
  Time takes = rng_.between(plan_.disk_min, plan_.disk_max);
  if (now() < disk.slow_until) takes += rng_.between(0, disk.slow_by);
  agenda_.add(now() + takes, What::commit, machine.index, machine.life);
}

void Simulation::commit(Machine& machine) {
  Disk& disk = machine.disk;
  const bool has_room = now() >= disk.full_until;
  const core::Row before = disk.stable().own.value_or(core::Row{});
  if (machine.index == office_machine && (!has_room || disk.fails_next))
    operator_.settlement().not_durable();
  std::optional<core::RecordNumber> number;
  if (!has_room) number = disk.commit_without_room();
  if (!has_room && !number) {
    disk.state = Disk::State::full;
    agenda_.add(now() + us_per_s, What::room, machine.index, machine.life);
    return step(machine, core::StoreFailed{"the disk is full"});
  }
  if (has_room && disk.fails_next) {
    // The kernel says so once and forgets the pages; they may or may not have been written.
    disk.fail_commit(rng_.permille(500));
    look_at_store(machine);
    return step(machine, core::StoreFailed{"the disk failed"});
  }
  if (has_room) number = disk.commit();
  if (disk.stable().own) gifts_.durable(machine, before);
  look_at_store(machine);
  if (machine.index == office_machine) operator_.settlement().durable(*number);
  const std::uint32_t life = machine.life;
  step(machine, core::Persisted{*number});
  if (!machine.up() || machine.life != life) return;
  if (Service* service = service_of(machine)) service->committed(*number);
  begin_commit(machine);
}

void Simulation::look_at_store(const Machine& machine) {
  const std::string& wrong = machine.disk.objection();
  if (!wrong.empty())
    violate("the store differs from what was durable", machine.name.text() + ": " + wrong);
}

void Simulation::look_for_room(Machine& machine) {
  Disk& disk = machine.disk;
  if (now() < disk.full_until) {
    agenda_.add(now() + us_per_s, What::room, machine.index, machine.life);
    return;
  }
  disk.state = Disk::State::sound;
  const std::uint32_t life = machine.life;
  step(machine, core::StoreRecovered{});
  if (machine.up() && machine.life == life) begin_commit(machine);
}

}  // namespace parking::sim
