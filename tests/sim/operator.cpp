#include "tests/sim/operator.hpp"

#include <algorithm>

#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

/// An office that has taken a gate out wants its last row; one whose card was copied never gives
/// one that fits.
constexpr Time last_row_within = 6 * us_per_s;

}  // namespace

void Operator::open() {
  for (const OperatorAct& act : sim_.plan().acts) {
    sim_.agenda().add(act.at, What::act, static_cast<std::uint32_t>(tasks_.size()));
    tasks_.push_back({.act = act});
  }
}

void Operator::go_on(std::uint32_t index) {
  Task& task = tasks_[index];
  if (task.done || (sim_.healing() && task.stage == 0 && !last_begun_)) {
    task.done = true;
    if (recounting_ == index) recounting_.reset();
    return;
  }
  Time again = 0;
  switch (task.act.kind) {
    case ActKind::recount:
      if (recounting_.value_or(index) != index) break;  // one at a time
      recounting_ = index;
      again = recount(task);
      if (again == 0) recounting_.reset();
      break;
    case ActKind::retire:
      again = retire(task);
      break;
    case ActKind::leave:
      again = leave(task);
      break;
    case ActKind::import:
      again = import_store(task);
      break;
    case ActKind::count:
      break;
  }
  task.done = again == 0;
  if (!task.done) sim_.agenda().add(sim_.now() + again, What::act, index);
}

void Operator::heal() {
  healed_at_ = sim_.now();
  for (Machine& machine : sim_.machines()) machine.kept_off = false;
}

bool Operator::busy() const {
  return std::ranges::any_of(tasks_, [](const Task& task) { return !task.done && task.stage > 0; });
}

std::string Operator::ask_office(const core::Input& command) {
  Machine& office = sim_.machine(office_machine);
  if (!sim_.runs(office)) return "the office does not run";
  std::string refused = sim_.command(office, command);
  if (sim_.tracing())
    sim_.log("the operator is told: " + (refused.empty() ? std::string("done") : refused));
  return refused;
}

// --- machines ----------------------------------------------------------------------------------

bool Operator::may_be_taken(const Machine& machine) const {
  if (!machine.in_use || machine.shadow || machine.late || machine.kept_off) return false;
  if (machine.index == office_machine || machine.index > sim_.plan().gates.size()) return false;
  const Truth::Entry* row = sim_.truth().find(machine.incarnation());
  if (row == nullptr || row->dead || row->closed || row->final_row) return false;
  return taken_out() + 2 < sim_.plan().gates.size();
}

std::size_t Operator::taken_out() const {
  return static_cast<std::size_t>(std::ranges::count_if(
      sim_.machines(), [](const Machine& machine) { return machine.kept_off; }));
}

// From everybody, or from the office alone: then the others know what it has not heard.
void Operator::cut_off(const Task& task, bool off) {
  const bool from_all = (task.act.chance >> 12U) % 2 == 0;
  for (const MachineIndex gate : task.gates)
    for (MachineIndex m = 0; m <= (from_all ? sim_.plan().gates.size() : office_machine); ++m) {
      sim_.network().block(gate, m, off);
      sim_.network().block(m, gate, off);
    }
}

void Operator::switch_off(Machine& machine) {
  machine.kept_off = true;
  if (machine.up())
    sim_.crash(machine, 0);
  else
    ++machine.life;  // nothing that was planned brings it back
  sim_.street().shut(machine);
}

void Operator::switch_on(Machine& machine, bool new_store) {
  if (!machine.kept_off && machine.up()) return;
  machine.kept_off = false;
  if (machine.up()) return;
  if (new_store) sim_.renew_store(machine);
  ++sim_.outcome().returns;
  sim_.agenda().add(sim_.now(), What::restart, machine.index, machine.life);
}

// The row is final and the office has it, or can have no use for it any more.
bool Operator::has_said_its_last(const Machine& machine) const {
  const Machine& office = sim_.machine(office_machine);
  if (!office.up()) return false;
  const core::Row& own = machine.exchange().journal().durable();
  const core::Ledger& ledger = office.exchange().ledger();
  const core::Incarnation row = own.owner.incarnation;
  if (!own.final_row) return false;
  return ledger.is_closed(row) || ledger.mark(row) == machine.exchange().journal().durable_mark();
}

void Operator::clear_up() {
  renew_ended();
  if (!recounting_) let_go_forgotten_hold();
}

void Operator::renew_ended() {
  const bool late = sim_.now() - healed_at_ > last_row_within;
  for (Machine& machine : sim_.machines()) {
    if (!machine.gate || !sim_.runs(machine)) continue;
    const bool ended = machine.exchange().retired() || machine.exchange().journal().own().final_row;
    if (ended && (late || machine.shadow || has_said_its_last(machine)))
      sim_.step(machine, core::RenewStore{"simulated"});
  }
}

Time Operator::bring_back(Task& task) {
  for (const MachineIndex gate : task.gates)
    switch_on(sim_.machine(gate), (task.act.chance >> 20U) % 4 == 0);
  ++task.stage;
  return us_per_s / 2;
}

// The gate finds out that it was taken out, says its last, and gets a new store.
Time Operator::settle_and_renew(Task& task) {
  if (sim_.healing() || ++task.tries > 60) return 0;
  if (may_settle()) sim_.street().settle_held();
  bool all = true;
  for (const MachineIndex gate : task.gates) {
    Machine& machine = sim_.machine(gate);
    if (std::ranges::find(task.rows, machine.incarnation()) == task.rows.end()) continue;
    all = false;
    if (machine.gate && sim_.runs(machine) && has_said_its_last(machine))
      sim_.step(machine, core::RenewStore{"simulated"});
  }
  return all ? 0 : us_per_s / 2;
}

}  // namespace parking::sim
