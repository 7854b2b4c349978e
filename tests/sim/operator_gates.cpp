// How the operator takes gates out and in: retirement, leaving, import.
#include <algorithm>

#include "tests/sim/operator.hpp"
#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

constexpr Time soon = 500 * us_per_ms;
constexpr std::uint32_t most_tries = 40;

}  // namespace

// First it is perhaps cut off, so that it has written what nobody has heard of; then it is switched
// off, called off, and some time later it comes back.
Time Operator::retire(Task& task) {
  enum Stage : std::uint32_t { choose, off, vouch, back, after };
  switch (task.stage) {
    case choose: {
      for (const MachineIndex gate : {task.act.node, task.act.other}) {
        const bool together = (task.act.chance >> 3U) % 3 == 0;
        if (gate == task.act.other && (!together || gate == task.act.node)) continue;
        if (may_be_taken(sim_.machine(gate))) task.gates.push_back(gate);
      }
      if (task.gates.empty()) return 0;
      task.stage = off;
      task.older = task.act.chance % 3 != 0;  // cut off before
      if (!task.older) return 1;
      cut_off(task, true);
      return sim_.rng().between(us_per_s, 6 * us_per_s);
    }
    case off:
      if (task.older) cut_off(task, false);
      std::erase_if(task.gates, [this](MachineIndex gate) {
        return sim_.healing() || !may_be_taken(sim_.machine(gate));
      });
      for (const MachineIndex gate : task.gates) {
        switch_off(sim_.machine(gate));
        task.rows.push_back(sim_.machine(gate).incarnation());
      }
      task.stage = vouch;
      return task.gates.empty() ? 0 : sim_.rng().between(100 * us_per_ms, 3 * us_per_s);
    case vouch:
      return vouch_for(task);
    case back:
      return bring_back(task);
    default:
      return settle_and_renew(task);
  }
}

Time Operator::vouch_for(Task& task) {
  if (sim_.healing()) return 0;
  if (++task.tries > most_tries) {
    task.stage += 1;
    return 1;
  }
  core::Retire command{{}, "simulated"};
  for (const MachineIndex gate : task.gates) {
    if (!sim_.machine(gate).kept_off) continue;
    command.gates.push_back(sim_.machine(gate).name);
  }
  if (command.gates.empty()) return 0;
  if (!ask_office(command).empty()) return soon;
  for (const core::Incarnation row : task.rows) settlement_.vouch(row);
  sim_.outcome().retirements += command.gates.size();
  task.stage += 1;
  task.tries = 0;
  return std::max<Time>(1, task.act.lasts);
}

Time Operator::leave(Task& task) {
  enum Stage : std::uint32_t { tell, cut, wait, off, after };
  Machine& machine = sim_.machine(task.act.node);
  if (sim_.healing() || ++task.tries > most_tries) return 0;
  switch (task.stage) {
    case tell:
      if (!may_be_taken(machine) || !sim_.runs(machine)) return 0;
      if (!sim_.command(machine, core::Leave{"simulated"}).empty()) return 0;
      task.gates = {machine.index};
      task.rows = {machine.incarnation()};
      task.stage = wait;
      // Now and then the gate ends midway, or the office does.
      if (task.act.chance % 5 == 0)
        return sim_.crash(machine, sim_.rng().between(50 * us_per_ms, us_per_s)), soon;
      if (task.act.chance % 5 == 1)
        sim_.crash(sim_.machine(office_machine), sim_.rng().between(us_per_s, 8 * us_per_s));
      if (task.act.chance % 5 >= 3) {
        task.stage = cut;
        return sim_.rng().between(us_per_ms, 150 * us_per_ms);
      }
      return soon;
    case cut:
      task.stage = wait;
      recount_while_cut_off(machine);
      return soon;
    case wait: {
      if (machine.incarnation() != task.rows.front()) return 0;
      if (!machine.up()) return soon;
      if (may_settle()) sim_.street().settle_held();
      if (!machine.exchange().leaving() && !machine.exchange().journal().durable().final_row)
        return 0;  // a crash has made it forget
      if (!has_said_its_last(machine)) return soon;
      ++sim_.outcome().leaves;
      task.stage = off;
      if (task.act.chance % 2 == 0) switch_off(machine);
      return std::max<Time>(1, task.act.lasts);
    }
    case off:
      if (machine.incarnation() != task.rows.front()) return 0;
      task.stage = after;
      task.tries = 0;
      if (machine.kept_off) switch_on(machine, task.act.chance % 4 != 0);
      return soon;
    default:
      return settle_and_renew(task);
  }
}

Time Operator::import_store(Task& task) {
  enum Stage : std::uint32_t { copy, off, offer, wait, back, after };
  Machine& machine = sim_.machine(task.act.node);
  switch (task.stage) {
    case copy:
      if (!may_be_taken(machine)) return 0;
      task.gates = {machine.index};
      task.image = machine.disk.stable();
      task.older = task.act.chance % 2 == 0 && task.image.own;
      task.stage = off;
      return sim_.rng().between(us_per_s / 2, 6 * us_per_s);
    case off:
      if (sim_.healing() || !may_be_taken(machine)) return 0;
      if (machine.incarnation() != task.image.incarnation) return 0;
      switch_off(machine);
      task.rows = {machine.incarnation()};
      task.stage = offer;
      return soon;
    case offer:
      return offer_image(task);
    case wait: {
      if (sim_.healing()) return 0;
      const Machine& office = sim_.machine(office_machine);
      if (!office.up()) return soon;
      if (office.exchange().ledger().is_closed(task.rows.front())) {
        ++sim_.outcome().imports;
        task.stage = back;
        return std::max<Time>(1, task.act.lasts);
      }
      if (++task.tries % 8 == 0) {
        // Refused, or forgotten by a restart of the office: then the right one.
        task.older = false;
        task.stage = task.tries > most_tries ? back : offer;
      }
      return soon;
    }
    case back:
      return bring_back(task);
    default:
      return settle_and_renew(task);
  }
}

Time Operator::offer_image(Task& task) {
  Machine& machine = sim_.machine(task.gates.front());
  if (sim_.healing() || !machine.kept_off) return 0;
  if (machine.incarnation() != task.rows.front() || machine.shadow) return 0;
  if (++task.tries > most_tries) {
    task.stage += 2;
    return 1;
  }
  const core::Remembered& right = machine.disk.stable();
  const bool older = task.older && task.image.own->version < right.own->version;
  if (!ask_office(core::ImportStore{older ? task.image : right, "simulated"}).empty()) return soon;
  const core::Version version = older                   ? task.image.own->version
                                : right.own.has_value() ? right.own->version
                                                        : 0;
  settlement_.importing(task.rows.front(), version, older);
  settlement_.vouch(task.rows.front());
  task.stage += 1;
  return soon;
}

}  // namespace parking::sim
