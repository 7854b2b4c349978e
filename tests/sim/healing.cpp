// After the traffic: everything is mended, and then everything has to agree.
#include <algorithm>
#include <cstdlib>
#include <utility>

#include "tests/sim/simulation.hpp"
#include "tests/sim/wire_path.hpp"

namespace parking::sim {
namespace {

constexpr Time look_every = 250 * us_per_ms;
/// A run that has not come to rest this long after healing never will: leases, backoffs and
/// silences are at most 6 s each, and a car waits for cars that stay up to 10 s.
constexpr Time rest_within = 60 * us_per_s;
/// Nobody waits longer than this while a gate in reach holds a permit: an inquiry is renewed each
/// second, and a lost connection is noticed after five.
constexpr Time served_within = 8 * us_per_s;
/// A gate needs this to let out whoever waited while it was away.
constexpr Time exit_within = 15 * us_per_s;
/// It must look right this often in a row.
constexpr std::uint32_t looks_needed = 3;

}  // namespace

void Simulation::heal() {
  healing_ = true;
  healed_at_ = now();
  log("everything is mended");
  for (Machine& machine : machines_)
    for (Machine& other : machines_)
      while (network_.blocked(machine.index, other.index))
        network_.block(machine.index, other.index, false);
  for (std::uint32_t lane = 0; lane < street_.lanes().size(); ++lane) {
    for (const std::size_t sensor : {Street::approach, Street::passage})
      if (street_.lanes()[lane].broken[sensor]) street_.break_sensor(lane, sensor, false);
    street_.refresh(lane);
  }
  for (Machine& machine : machines_) {
    machine.fuse = -1;
    machine.disk.slow_until = machine.disk.full_until = 0;
    machine.disk.fails_next = false;
    if (machine.disk.state == Disk::State::failed) crash(machine, us_per_s);
    if (!machine.up() && machine.in_use)
      agenda_.add(now() + us_per_s, What::restart, machine.index, machine.life);
    if (machine.gate) step(machine, core::AllowEntries{true, "healed"});
  }
  for (std::uint32_t fault = 0; fault < plan_.faults.size(); ++fault) take_away_copy(fault);
  operator_.heal();
  street_.late_cars();
}

// A gate whose row was superseded by a copy of its own card waits for the operator's word.
void Simulation::renew_retired() {
  for (Machine& machine : machines_)
    if (machine.gate && runs(machine) && machine.exchange().retired())
      step(machine, core::RenewStore{"simulated"});
}

void Simulation::look() {
  if (!healing_) heal();
  if (operator_.may_settle()) street_.settle_held();
  office_store_.look();
  if (plan_.acts.empty())
    renew_retired();
  else
    operator_.clear_up();
  const std::string wrong = operator_.busy() ? "the operator is busy" : disagreement();
  steady_looks_ = wrong.empty() ? steady_looks_ + 1 : 0;
  if (steady_looks_ >= looks_needed && operator_.owes_last_recount()) {
    steady_looks_ = 0;
    healed_at_ = now();
    accept_shadows();
    operator_.begin_last_recount();
  }
  if (steady_looks_ >= looks_needed) {
    final_checks();
    done_ = true;
    return;
  }
  // A hundred cars that leave by one exit take their time; each of them is one less.
  if (std::exchange(crossings_, street_.crossings()) != street_.crossings()) healed_at_ = now();
  if (tracing() && !wrong.empty()) log("not yet: " + wrong);
  if (!wrong.empty() && now() - healed_at_ > rest_within)
    return violate("no agreement after healing", wrong + alarms());
  agenda_.add(now() + look_every, What::check);
}

// What keeps the car park from being at rest and of one mind; empty when nothing does.
std::string Simulation::disagreement() {
  for (const Machine& machine : machines_)
    if (machine.in_use && !runs(machine)) return machine.name.text() + " does not run";
  core::Count reachable = 0;
  for (const Machine& machine : machines_) {
    if (!machine.in_use) continue;
    const core::Exchange& exchange = machine.exchange();
    if (!exchange.may_spend()) return machine.name.text() + " may not spend";
    reachable += std::max<core::Count>(0, exchange.permits());
    if (machine.gate && exchange.list() != services_.at(office_machine)->published())
      return machine.name.text() + " does not follow the registry's list";
    for (const Machine& other : machines_) {
      if (!other.in_use || other.index == machine.index) continue;
      const core::Peer* peer = exchange.peers().find(other.name);
      if (peer == nullptr || !peer->link)
        return machine.name.text() + " has no connection with " + other.name.text();
      const core::RowMark held = exchange.ledger().mark(other.incarnation());
      const core::RowMark own = other.exchange().journal().durable_mark();
      if (own.version != held.version)
        return machine.name.text() + " knows version " + std::to_string(held.version) + " of " +
               other.name.text() + ", not " + std::to_string(own.version);
    }
  }
  if (!office_store_.mended()) return "the office has not the lot that the gates know";
  if (!street_.quiet()) return "cars are moving";
  for (const Machine& machine : machines_)
    if (machine.in_use)
      if (std::string different = first_difference(machine, machines_[office_machine]);
          !different.empty())
        return different;
  for (const Lane& lane : street_.lanes())
    if (machines_[lane.machine].in_use && lane.episode.open && lane.head == nobody)
      return "a lane of " + machines_[lane.machine].name.text() + " is not idle: " +
             std::string(to_string(machines_[lane.machine].gate->lane(lane.number).state())) +
             ", sensors " + std::string(to_string(lane.shown[0])) + " " +
             std::string(to_string(lane.shown[1])) + ", " + std::to_string(lane.late_readings) +
             " late readings";
  if (street_.anything_held()) return "admissions are held";
  if (reachable > 0 && street_.stuck_at_entry(0)) return "a car waits although permits are there";
  return {};
}

std::string Simulation::first_difference(const Machine& machine, const Machine& other) {
  const core::Ledger& mine = machine.exchange().ledger();
  const core::Ledger& theirs = other.exchange().ledger();
  const std::string whose = machine.name.text() + " and " + other.name.text();
  for (const auto& [key, copy] : mine.rows())
    if (mine.mark(key) != theirs.mark(key))
      return whose + " know versions " + std::to_string(mine.mark(key).version) + " and " +
             std::to_string(theirs.mark(key).version) + " of a row of " +
             copy.row.owner.gate.text() + (mine.is_frozen(key) ? ", frozen" : "");
  return mine.totals() == theirs.totals() ? "" : whose + " show different figures";
}

// What the office says is in the way.
std::string Simulation::alarms() {
  const Machine& office = machines_[office_machine];
  std::string text;
  if (!office.up()) return text;
  for (const core::AlarmView& alarm : office.office->snapshot(office.local(now())).alarms)
    text += "; alarm " + alarm.code + ": " + alarm.text;
  return text;
}

void Simulation::final_checks() {
  accept_shadows();
  for (Machine& machine : machines_) {
    machine.disk.compare();
    look_at_store(machine);
  }
  for (const Machine& machine : machines_) {
    if (!machine.in_use) continue;
    for (const auto& [key, copy] : machine.exchange().ledger().rows()) {
      const auto owner = std::ranges::find_if(machines_, [&key = key](const Machine& other) {
        return other.in_use && other.incarnation() == key;
      });
      if (owner == machines_.end() || !owner->newer_version || owner->index == machine.index)
        continue;
      if (!copy.bytes.ends_with(newer_field()))
        violate("a newer program's bytes were changed", machine.name.text());
    }
  }
  operator_.settlement().bury_the_dead();
  operator_.settlement().compare_figures();
  operator_.settlement().check_heard();
  const core::Count counted = truth_.inside();
  const core::Count real = street_.inside() + street_.listed() + operator_.settlement().settled();
  if (counted != real && tracing()) street_.log_sums();
  outcome_.lost += static_cast<std::uint64_t>(std::abs(counted - real));
  if (counted != real)
    violate("lost", "counted " + std::to_string(counted) + " inside, there are " +
                        std::to_string(street_.inside()) + ", listed " +
                        std::to_string(street_.listed()) + ", settled " +
                        std::to_string(operator_.settlement().settled()));
}

}  // namespace parking::sim
