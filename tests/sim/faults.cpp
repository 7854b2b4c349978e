// What goes wrong, as the plan says.
#include <algorithm>

#include "tests/sim/simulation.hpp"

namespace parking::sim {

void Simulation::fault(const Fault& fault, std::uint32_t index) {
  if (healing_ || fault.node >= machines_.size()) return;
  if (tracing())
    log("fault " + std::string(to_string(fault.kind)) + " at " + machines_[fault.node].name.text() +
        " for " + std::to_string(fault.lasts / us_per_ms) + " ms");
  const MachineIndex node = fault.node;
  const auto other = static_cast<MachineIndex>(fault.other % (plan_.gates.size() + 1));
  if (node == office_machine) office_store_.struck(fault);
  switch (fault.kind) {
    case FaultKind::reset:
      network_.block(node, other, true);
      network_.block(other, node, true);
      network_.reset(node, other);
      break;
    case FaultKind::stall:
      network_.block(node, other, true);
      network_.block(other, node, true);
      break;
    case FaultKind::one_way:
      network_.block(node, other, true);
      break;
    case FaultKind::partition:
      for (MachineIndex m = 0; m <= plan_.gates.size(); ++m) {
        network_.block(node, m, true);
        network_.block(m, node, true);
      }
      break;
    case FaultKind::set_capacity:
      if (runs(machines_[office_machine]))
        office_store_.set_capacity(static_cast<core::Count>(fault.value));
      break;
    case FaultKind::clone_store:
      if (!machines_[node].kept_off) clone(machines_[node], index);
      break;
    default:
      fault_of_machine(fault, machines_[node]);
      break;
  }
  agenda_.add(now() + fault.lasts, What::fault_end, index);
}

void Simulation::fault_of_machine(const Fault& fault, Machine& machine) {
  switch (fault.kind) {
    case FaultKind::crash:
      return crash(machine, fault.lasts);
    case FaultKind::crash_at_effect:
      machine.fuse = fault.value;
      machine.fuse_downtime = fault.lasts;
      return;
    case FaultKind::pause:
      machine.paused_until = std::max(machine.paused_until, now() + fault.lasts);
      for (const bool entry : {true, false})
        if (const auto lane = street_.lane_of(machine.index, entry); lane != nobody)
          street_.excuse(lane, &Excuses::crash);
      return;
    case FaultKind::clock_jump:
      machine.jumped += static_cast<Time>(fault.value) * us_per_ms;
      street_.clock_jumps(machine);
      if (machine.up()) rewake(machine);
      return;
    case FaultKind::slow_disk:
      machine.disk.slow_until = now() + fault.lasts;
      machine.disk.slow_by = static_cast<Time>(fault.value) * us_per_ms;
      return;
    case FaultKind::disk_error:
      machine.disk.fails_next = true;
      return;
    case FaultKind::disk_full:
      machine.disk.full_until = now() + fault.lasts;
      return;
    case FaultKind::torn_write:
      crash(machine, fault.lasts);
      // A torn end of the log is recognised by its checksum; a torn page of the file is not mended.
      if (fault.value == 1 && !machine.up()) {
        machine.disk.tear();
        machine.replaced = "the store is unreadable";
        renew_store(machine);
      }
      return;
    case FaultKind::lose_store:
      crash(machine, fault.lasts);
      if (!machine.up()) renew_store(machine);
      return;
    case FaultKind::stop_gate:
      if (machine.up()) registrar_.withdraw(machine);
      return crash(machine, fault.lasts);
    case FaultKind::restore_store:
      return put_back_older_store(machine);
    case FaultKind::clone_store:
      return;
    default:
      return fault_of_lane(fault, machine);
  }
}

void Simulation::fault_of_lane(const Fault& fault, Machine& machine) {
  if (fault.kind == FaultKind::hold_entries)
    return step(machine, core::AllowEntries{false, "simulated"});
  const std::uint32_t lane = street_.lane_of(machine.index, fault.other < 2);
  if (lane == nobody) return;
  const std::size_t sensor = fault.other % 2;
  if (fault.kind == FaultKind::miss_edge)
    street_.miss(lane, sensor, fault.value);
  else if (fault.kind == FaultKind::phantom || fault.kind == FaultKind::bounce)
    street_.phantom(lane, sensor, true);
  else
    street_.break_sensor(lane, sensor, true);
}

void Simulation::fault_ends(const Fault& fault, std::uint32_t index) {
  const MachineIndex node = fault.node;
  const auto other = static_cast<MachineIndex>(fault.other % (plan_.gates.size() + 1));
  Machine& machine = machines_[node];
  const std::uint32_t lane = street_.lane_of(node, fault.other < 2);
  switch (fault.kind) {
    case FaultKind::reset:
    case FaultKind::stall:
      network_.block(other, node, false);
      [[fallthrough]];
    case FaultKind::one_way:
      return network_.block(node, other, false);
    case FaultKind::partition:
      for (MachineIndex m = 0; m <= plan_.gates.size(); ++m) {
        network_.block(node, m, false);
        network_.block(m, node, false);
      }
      return;
    case FaultKind::clone_store:
      return take_away_copy(index);
    case FaultKind::miss_edge:
      if (lane != nobody) street_.refresh(lane);
      return;
    case FaultKind::phantom:
    case FaultKind::bounce:
      if (lane != nobody) street_.phantom(lane, fault.other % 2, false);
      return;
    case FaultKind::sensor_fault:
      if (lane != nobody) street_.break_sensor(lane, fault.other % 2, false);
      return;
    case FaultKind::hold_entries:
      if (runs(machine)) step(machine, core::AllowEntries{true, "simulated"});
      return;
    default:
      return;
  }
}

void Simulation::put_back_older_store(Machine& machine) {
  StoreCopy& backup = old_stores_[machine.index];
  const core::Remembered& old = backup.remembered;
  if (old.incarnation.empty() || old.incarnation != machine.incarnation()) {
    backup = machine.disk.copy();  // the next time it is put back
    return;
  }
  if (machine.shadow || machine.late || machine.kept_off) return;
  crash(machine, us_per_s);
  if (machine.up()) return;
  core::Row row;
  row.owner = {machine.name, old.incarnation};
  if (old.own) row = *old.own;
  machine.disk.renew(old.incarnation);
  machine.disk.put_back(backup);
  look_at_store(machine);
  machine.shadow = row;
  operator_.settlement().doubt(old.incarnation);
  street_.store_put_back(machine, row);
}

// A second machine with the same name and the same store, and cars come to it too.
void Simulation::clone(Machine& original, std::uint32_t fault) {
  if (original.shadow || copies_.size() >= 4) return;
  const StoreCopy backup = original.disk.copy();
  const core::Remembered& store = backup.remembered;
  const bool office = original.index == office_machine;
  Machine& copy = add_machine(original.name, office ? nullptr : &plan_.gates[original.index - 1]);
  network_.resize(machines_.size());
  old_stores_.resize(machines_.size());
  copies_[fault] = copy.index;
  copy.own_rows.clear();
  core::Row row;
  row.owner = {copy.name, store.incarnation};
  if (store.own) row = *store.own;
  copy.disk.renew(store.incarnation);
  copy.disk.put_back(backup);
  look_at_store(copy);
  copy.shadow = row;
  operator_.settlement().doubt(store.incarnation);
  street_.store_put_back(copy, row);
  if (!office) street_.divert(original.index, copy.index);
  agenda_.add(now(), What::restart, copy.index, copy.life);
}

void Simulation::take_away_copy(std::uint32_t fault) {
  const auto found = copies_.find(fault);
  if (found == copies_.end()) return;
  Machine& copy = machines_[found->second];
  copies_.erase(found);
  crash(copy, 0);
  copy.in_use = false;
  if (!copy.shadow) truth_.bury(copy.incarnation());
  copy.shadow.reset();
  street_.store_lost(copy);
  street_.abandon(copy);
}

// Nobody had heard of what the restored store did not know: it is the true one again.
void Simulation::accept_shadows() {
  for (Machine& machine : machines_) {
    if (!machine.shadow || !machine.in_use) continue;
    const Truth::Entry* row = truth_.find(machine.shadow->owner.incarnation);
    if (row == nullptr || !row->closed) (void)truth_.revert(*machine.shadow);
    machine.shadow.reset();
    street_.store_lost(machine);
  }
}

}  // namespace parking::sim
