// How the operator recounts.
#include <algorithm>

#include "tests/sim/operator.hpp"
#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

constexpr Time soon = 300 * us_per_ms;
constexpr std::uint32_t most_tries = 40;
/// So long a gate may be missing before he looks at it.
constexpr std::uint32_t patient_tries = 12;

enum Stage : std::uint32_t { begin, interference, number, wait, over };

// What the operator is like this time.
bool is_impatient(const OperatorAct& act) {
  return act.chance % 2 == 0;
}
bool interferes(const OperatorAct& act) {
  return (act.chance >> 1U) % 3 == 0;
}
bool cancels(const OperatorAct& act) {
  return (act.chance >> 4U) % 12 == 0;
}
bool is_at_a_gate(const OperatorAct& act) {
  return (act.chance >> 24U) % 3 == 0;
}

}  // namespace

Time Operator::recount(Task& task) {
  switch (task.stage) {
    case begin:
      return begin_recount(task);
    case interference:
      return interfere(task);
    case number:
      return give_number(task);
    case wait:
      return wait_for_recount(task);
    default:
      return 0;
  }
}

// At the office, or at a gate, which passes the command on. From there an answer comes later or
// never, and he looks at the screen.
std::string Operator::ask(const Task& task, const core::Input& command) {
  Machine& gate = sim_.machine(task.act.other);
  if (!is_at_a_gate(task.act) || sim_.healing() || !sim_.runs(gate) || gate.shadow)
    return ask_office(command);
  const std::string refused = sim_.command(gate, command);
  if (sim_.tracing())
    sim_.log("the operator at " + gate.name.text() +
             " is told: " + (refused.empty() ? std::string("sent") : refused));
  return refused;
}

Time Operator::begin_recount(Task& task) {
  if (++task.tries > most_tries) return 0;
  if (!ask(task, core::RecountBegin{"simulated"}).empty()) return soon;
  settlement_.begun();
  task.stage = interference;
  const bool at_once = is_impatient(task.act) && !interferes(task.act);
  return at_once ? sim_.rng().between(1, 60 * us_per_ms)
                 : sim_.rng().between(us_per_s / 2, 3 * us_per_s);
}

// A gate starts anew while the office cannot be reached from it, and lets cars in.
Time Operator::interfere(Task& task) {
  task.stage = number;
  if (!interferes(task.act) || sim_.healing()) return 1;
  Machine& machine = sim_.machine(task.act.node);
  if (!sim_.runs(machine) || machine.kept_off) return 1;
  const Time cut = sim_.rng().between(3 * us_per_s, 6 * us_per_s);
  sim_.network().block(machine.index, office_machine, true);
  sim_.network().block(office_machine, machine.index, true);
  sim_.agenda().add(sim_.now() + cut, What::reconnect, machine.index);
  sim_.crash(machine, 50 * us_per_ms);
  if (is_at_a_gate(task.act)) return cut - sim_.rng().between(0, 1200 * us_per_ms);
  return is_impatient(task.act) ? sim_.rng().between(us_per_s, cut) : cut + us_per_s;
}

// What is said at that gate reaches the office late, and what others say meanwhile before it.
void Operator::hold_up(const Task& task) {
  const MachineIndex gate = task.act.other;
  if (!is_at_a_gate(task.act) || !interferes(task.act) || gate == task.act.node) return;
  sim_.network().block(gate, office_machine, true);
  sim_.network().block(office_machine, gate, true);
  sim_.agenda().add(sim_.now() + sim_.rng().between(18 * us_per_s / 10, 28 * us_per_s / 10),
                    What::reconnect, gate);
}

// He gives no number while a gate runs of which the office does not know, or one that he has taken
// out may let cars in.
bool Operator::may_give_number() const {
  return std::ranges::all_of(sim_.machines(), [this](const Machine& machine) {
    return machine.index == office_machine || !machine.in_use || is_quiet_for_number(machine);
  });
}

bool Operator::is_quiet_for_number(const Machine& machine) const {
  if (machine.shadow || machine.index > sim_.plan().gates.size()) return false;
  const core::Exchange& office = sim_.machine(office_machine).exchange();
  const core::Incarnation row = machine.incarnation();
  const Truth::Entry* truth = sim_.truth().find(row);
  const bool known = office.live_rows().contains(row) || office.ledger().is_frozen(row) ||
                     office.ledger().is_final(row) || office.ledger().is_closed(row);
  if (!machine.up())
    return (!machine.kept_off || sim_.street().is_shut(machine)) &&
           (known || truth == nullptr || truth->version == 0);
  const bool stopped = machine.exchange().retired() || machine.exchange().journal().own().final_row;
  return known && (stopped || !settlement_.vouched(row));
}

Time Operator::give_number(Task& task) {
  if (cancels(task.act) && !sim_.healing()) return end_recount(task);
  if (++task.tries > most_tries) return end_recount(task);
  Machine& office = sim_.machine(office_machine);
  if (!sim_.runs(office)) return soon;
  if ((task.act.chance >> 8U) % 3 != 0) sim_.street().settle_held();
  if (!may_give_number()) return soon;
  const core::Count cars = settlement_.number();
  if (!sim_.healing()) hold_up(task);
  const std::uint64_t number = settlement_.next_number();
  const std::string refused = ask(task, core::RecountCount{cars, Settlement::reason_of(number)});
  if (refused.empty()) {
    settlement_.given(number);
    given_ = true;
    recounts_before_ = settlement_.recounts();
    task.stage = wait;
    task.since = sim_.now();
    meddle(task);
    return soon;
  }
  // The office was restarted and has forgotten.
  if (refused.starts_with("entries are not held")) task.stage = begin;
  if (task.tries % patient_tries == 0) retire_who_is_off();
  return is_impatient(task.act) ? sim_.rng().between(10 * us_per_ms, soon) : us_per_s;
}

// While the number waits for a gate that the office does not reach, one that was taken out comes
// back.
void Operator::meddle(const Task& task) {
  if (sim_.healing() || (task.act.chance >> 14U) % 2 != 0) return;
  const bool back = std::ranges::any_of(tasks_, [](const Task& other) {
    return other.act.kind == ActKind::retire && other.stage == stage_back && !other.done;
  });
  if (!back) return;
  const MachineIndex cut = task.act.other;
  sim_.network().block(cut, office_machine, true);
  sim_.network().block(office_machine, cut, true);
  sim_.agenda().add(sim_.now() + sim_.rng().between(us_per_s, 3 * us_per_s), What::reconnect, cut);
  for (Task& other : tasks_)
    if (other.act.kind == ActKind::retire && other.stage == stage_back && !other.done)
      for (const MachineIndex gate : other.gates) switch_on(sim_.machine(gate), false);
}

Time Operator::wait_for_recount(Task& task) {
  if (settlement_.recounts() > recounts_before_) {
    given_ = false;
    return 0;
  }
  if (++task.tries > most_tries) return end_recount(task);
  Machine& office = sim_.machine(office_machine);
  if (!sim_.runs(office)) return soon;
  const bool in_work = sim_.now() - task.since < 6 * us_per_s;
  if (in_work && (!office.office || office.office->snapshot(office.local(sim_.now())).lot.held))
    return soon;
  // It has failed, or waits for somebody: he counts again.
  given_ = false;
  task.stage = number;
  return soon;
}

Time Operator::end_recount(Task& task) {
  Machine& office = sim_.machine(office_machine);
  if (sim_.runs(office) || task.tries > 2 * most_tries) {
    ask(task, core::RecountCancel{"simulated"});
    given_ = false;
    return 0;
  }
  return soon;
}

// He began at a gate, and the office heard of it later than he had patience for.
void Operator::let_go_forgotten_hold() {
  const Machine& office = sim_.machine(office_machine);
  if (!office.office || !sim_.runs(office)) return;
  if (office.office->snapshot(office.local(sim_.now())).lot.held)
    ask_office(core::RecountCancel{"forgotten"});
}

// The office has heard that the gate leaves, and does not hear its last row.
void Operator::recount_while_cut_off(const Machine& machine) {
  const Time cut = sim_.rng().between(7 * us_per_s, 12 * us_per_s);
  sim_.network().block(machine.index, office_machine, true);
  sim_.network().block(office_machine, machine.index, true);
  sim_.agenda().add(sim_.now() + cut, What::reconnect, machine.index);
  const auto index = static_cast<std::uint32_t>(tasks_.size());
  tasks_.push_back({.act = {.at = sim_.now(), .kind = ActKind::recount, .chance = 1U << 10U | 1U}});
  sim_.agenda().add(sim_.now() + 5 * us_per_s, What::act, index);
}

// Who does not answer because his machine is off is taken out first.
void Operator::retire_who_is_off() {
  for (Machine& machine : sim_.machines()) {
    if (machine.up() || sim_.healing() || !may_be_taken(machine)) continue;
    const core::Incarnation row = machine.incarnation();
    switch_off(machine);
    if (!ask_office(core::Retire{{machine.name}, "does not answer"}).empty()) {
      switch_on(machine, false);
      continue;
    }
    settlement_.vouch(row);
    ++sim_.outcome().retirements;
    const auto index = static_cast<std::uint32_t>(tasks_.size());
    tasks_.push_back({.act = {.at = sim_.now(), .kind = ActKind::retire, .node = 1},
                      .stage = stage_back,
                      .gates = {machine.index},
                      .rows = {row}});
    sim_.agenda().add(sim_.now() + sim_.rng().between(0, 15 * us_per_s), What::act, index);
    return;
  }
}

// --- after everything is mended ----------------------------------------------------------------

bool Operator::owes_last_recount() const {
  return sim_.plan().last_recount && !last_begun_;
}

void Operator::begin_last_recount() {
  last_begun_ = true;
  const auto index = static_cast<std::uint32_t>(tasks_.size());
  tasks_.push_back({.act = {.at = sim_.now(), .kind = ActKind::recount, .chance = 1U << 10U | 1U}});
  go_on(index);
}

}  // namespace parking::sim
