#include "tests/sim/simulation.hpp"

#include <algorithm>

namespace parking::sim {
namespace {

/// A core that wants to be woken at once again and again does nothing but that.
constexpr std::uint32_t most_spins = 50;

}  // namespace

Simulation::Simulation(const Plan& plan, Trace* trace)
    : plan_(plan),
      trace_(trace),
      rng_(plan.seed * 0x9e3779b97f4a7c15ULL + 7),
      store_rng_(rng_.fork()),
      network_(*this),
      registrar_(*this),
      street_(*this),
      office_store_(*this),
      gifts_(*this),
      operator_(*this) {
  make_machines();
}

void Simulation::make_machines() {
  add_machine(core::GateId::office(), nullptr);
  for (std::size_t i = 0; i < plan_.gates.size(); ++i)
    add_machine(*core::GateId::parse("g" + std::to_string(i + 1)), &plan_.gates[i]);
  network_.resize(machines_.size());
  old_stores_.resize(machines_.size());
}

Machine& Simulation::add_machine(const core::GateId& name, const GatePlan* plan) {
  Machine& machine = machines_.emplace_back();
  machine.index = static_cast<MachineIndex>(machines_.size() - 1);
  machine.name = name;
  machine.address = std::to_string(machine.index);
  if (plan_.real_store) machine.disk.use_real_store(plan_.seed * 1000 + machine.index);
  machine.disk.renew(core::Incarnation{store_rng_.next() | 1U});
  machine.own_rows.push_back(machine.incarnation());
  if (plan == nullptr) return machine;
  machine.drift_ppm = plan->drift_ppm;
  machine.newer_version = plan->newer_version;
  machine.holds_barrier = plan->holds_barrier;
  for (const bool entry : {true, false}) {
    if (!(entry ? plan->has_entry : plan->has_exit)) continue;
    (entry ? machine.entry_lane : machine.exit_lane) =
        static_cast<std::uint32_t>(machine.lanes.size());
    machine.lanes.push_back(
        {.name = entry ? "in" : "out",
         .direction = entry ? core::LaneDirection::entry : core::LaneDirection::exit,
         .pass_window = plan->pass_window,
         .merge = plan->merge,
         .repeat = plan->repeat});
  }
  street_.add_lanes(machine);
  return machine;
}

void Simulation::open() {
  agenda_.add(0, What::restart, office_machine, 0);
  for (std::size_t i = 0; i < plan_.gates.size(); ++i)
    agenda_.add(std::max<Time>(plan_.gates[i].joins, rng_.between(0, 100) * us_per_ms),
                What::restart, static_cast<std::uint32_t>(i + 1), 0);
  for (std::size_t i = 0; i < plan_.faults.size(); ++i)
    agenda_.add(plan_.faults[i].at, What::fault, static_cast<std::uint32_t>(i));
  street_.open();
  operator_.open();
}

Outcome Simulation::run() {
  open();
  agenda_.add(plan_.traffic_ends, What::check);
  while (!agenda_.empty() && !done_ && !outcome_.violation) {
    const Happening next = agenda_.take();
    ++outcome_.happenings;
    dispatch(next);
  }
  outcome_.simulated = now();
  mix(outcome_.happenings);
  return outcome_;
}

Outcome Simulation::run_traffic() {
  open();
  while (!agenda_.empty() && now() < plan_.traffic_ends && !outcome_.violation)
    dispatch(agenda_.take());
  outcome_.simulated = now();
  return outcome_;
}

void Simulation::violate(const char* rule, const std::string& text) {
  if (outcome_.violation) return;
  outcome_.violation = Violation{rule, text, now()};
  log(std::string("VIOLATION ") + rule + ": " + text);
}

void Simulation::dispatch(const Happening& next) {
  const auto alive = [&] { return machines_[next.a].up() && machines_[next.a].life == next.b; };
  // What a paused process would do, it does when it runs again.
  const auto runs = [&] {
    if (!alive()) return false;
    const Time until = machines_[next.a].paused_until;
    if (now() >= until) return true;
    agenda_.add(until, next.what, next.a, next.b, next.c);
    return false;
  };
  switch (next.what) {
    case What::wake:
      if (runs()) woken(machines_[next.a], next.at);
      return;
    case What::restart:
      if (machines_[next.a].life == next.b) start(machines_[next.a]);
      return;
    case What::commit:
      if (runs()) commit(machines_[next.a]);
      return;
    case What::room:
      if (runs()) look_for_room(machines_[next.a]);
      return;
    case What::dial:
      if (runs()) network_.dial(machines_[next.a], next.c);
      return;
    case What::connect:
      return network_.connect(next.a);
    case What::deliver:
      return network_.deliver(next.a, next.b);
    case What::link_down:
      return network_.link_down(next.a, next.b);
    case What::register_now:
      if (runs()) registrar_.register_now(machines_[next.a]);
      return;
    case What::renew:
      if (runs()) registrar_.renew(machines_[next.a], next.c);
      return;
    case What::arrive:
      return street_.arrive(next.a);
    case What::drive:
      return street_.drive(next.a, next.b, next.c);
    case What::sensor:
      return late_readings(machines_[next.a]);
    case What::barrier:
      return street_.barrier_closes(next.a, next.b);
    case What::fault:
      return fault(plan_.faults[next.a], next.a);
    case What::fault_end:
      return fault_ends(plan_.faults[next.a], next.a);
    case What::gift:
      return gifts_.due(next.a);
    case What::reconnect:
      network_.block(next.a, office_machine, false);
      return network_.block(office_machine, next.a, false);
    case What::act:
      return operator_.go_on(next.a);
    case What::check:
      return look();
    case What::office_look:
      return office_store_.look_again();
  }
}

// --- processes ---------------------------------------------------------------------------------

void Simulation::start(Machine& machine) {
  if (machine.up() || !machine.in_use || machine.kept_off) return;
  machine.started = now();
  machine.jumped = 0;
  machine.wake_at = 0;
  machine.paused_until = 0;
  machine.last_step = {};
  machine.fuse = -1;
  machine.spins = 0;
  const core::Remembered& stable = machine.disk.stable();
  const core::RowOwner self{machine.name, stable.incarnation};
  core::Random random = [rng = rng_.fork()]() mutable { return rng.next(); };
  if (tracing()) log(machine.name.text() + " starts as " + to_string(stable.incarnation));
  machine.question.begin();
  if (machine.name.is_office()) {
    machine.office = std::make_unique<discovery::Office>(
        discovery::Office::Settings{self, plan_.capacity, "Simulated"}, stable, std::move(random),
        core::Instant{});
    machine.held_rows.begin(machine.exchange().ledger());
    const auto [service, is_new] = services_.insert_or_assign(
        machine.index, std::make_unique<Service>(*this, machine.index, stable));
    if (machine.index == office_machine) operator_.settlement().office_started();
    step(machine, core::PeersListed{service->second->list()});
    return;
  }
  machine.gate = std::make_unique<core::GateCore>(core::GateSettings{self, machine.lanes}, stable,
                                                  std::move(random), core::Instant{});
  machine.held_rows.begin(machine.exchange().ledger());
  const std::string replaced = std::exchange(machine.replaced, {});
  step(machine, core::Tick{});
  if (!replaced.empty()) step(machine, core::StoreReplaced{replaced});
  street_.started(machine);
  if (!machine.up()) return;
  registrar_.begin(machine);
  network_.pursue(machine);
}

void Simulation::crash(Machine& machine, Time downtime) {
  if (!machine.up()) return;
  if (tracing()) log(machine.name.text() + " stops");
  const core::Row memory = machine.exchange().journal().own();
  const core::Row handed = machine.disk.newest() != nullptr ? *machine.disk.newest() : core::Row{};
  machine.disk.crash(rng_.permille(500));
  look_at_store(machine);
  network_.drop_all(machine, rng_.permille(500));
  machine.gate.reset();
  machine.office.reset();
  if (auto service = services_.extract(machine.index); !service.empty())
    former_services_.push_back(std::move(service.mapped()));
  ++machine.life;
  core::Row stable;
  stable.owner = memory.owner;
  if (machine.disk.stable().own) stable = *machine.disk.stable().own;
  RowChange lost;
  if (machine.shadow) {
    lost = difference(stable, memory);
    machine.shadow = stable;
  } else if (machine.late) {
    lost = difference(stable, memory);
    machine.late = stable;
    street_.add_listed(machine, difference(RowChange{}, lost));
  } else if (stable.version != memory.version) {
    lost = truth_.revert(stable);
    operator_.settlement().fell_back(stable);
    if (const auto broken = truth_.objection()) violate("permits after a crash", *broken);
  }
  if (!machine.name.is_office()) street_.crashed(machine, lost, difference(handed, stable));
  if (downtime > 0) agenda_.add(now() + downtime, What::restart, machine.index, machine.life);
}

void Simulation::ask_pins_when_due(Machine& machine) {
  if (machine.wake_at != 0 && machine.wake_at <= now() && now() >= machine.paused_until)
    street_.catch_up(machine);
}

void Simulation::step(Machine& machine, const core::Input& input) {
  ask_pins_when_due(machine);
  step(machine, input, machine.local(now()));
}

void Simulation::late_readings(Machine& machine) {
  if (machine.up() && now() < machine.paused_until)
    agenda_.add(machine.paused_until, What::sensor, machine.index);
  else
    street_.catch_up(machine);
}

void Simulation::step(Machine& machine, const core::Input& input, core::Instant at) {
  if (!machine.up()) return;
  at = std::max(at, machine.last_step);
  machine.last_step = at;
  const auto* received = std::get_if<core::Received>(&input);
  const bool foreign =
      received != nullptr &&
      names_foreign_version(received->message, received->link, machine.exchange(), machine.disk);
  core::Effects effects =
      machine.gate ? machine.gate->step(input, at) : machine.office->step(input, at);
  if (refusal_ != nullptr) *std::exchange(refusal_, nullptr) = effects.refused.value_or("");
  if (received != nullptr) witness(machine, *received, foreign);
  machine.question.consider(machine.exchange(), at);
  account(machine);
  const std::uint32_t life = machine.life;
  obey(machine, effects);
  if (!machine.up() || machine.life != life) return;
  if (effects.identity_ended) return end_identity(machine, *effects.identity_ended);
  if (machine.gate) street_.stepped(machine);
  rewake(machine);
  if (Service* service = service_of(machine)) service->publish();
}

Service* Simulation::service_of(const Machine& machine) {
  const auto service = services_.find(machine.index);
  return service == services_.end() ? nullptr : service->second.get();
}

std::string Simulation::command(Machine& machine, const core::Input& input) {
  std::string refusal = "it does not run";
  refusal_ = &refusal;
  step(machine, input);
  refusal_ = nullptr;
  return refusal;
}

bool Simulation::burns(Machine& machine) {
  if (machine.fuse < 0 || machine.fuse-- > 0) return false;
  crash(machine, machine.fuse_downtime);
  return true;
}

// In the order of the fields, and a crash may come between any two.
void Simulation::obey(Machine& machine, core::Effects& effects) {
  for (const core::BarrierOutput& output : effects.outputs) {
    if (burns(machine)) return;
    street_.output(machine, output);
  }
  if (effects.record) {
    if (burns(machine)) return;
    mix(effects.record->number);
    if (Service* service = service_of(machine)) service->recorded(effects.record->number);
    if (machine.index == office_machine) operator_.settlement().recorded(*effects.record);
    machine.disk.append(std::move(*effects.record));
    begin_commit(machine);
  }
  for (const core::Send& send : effects.sends) {
    if (burns(machine)) return;
    network_.send(machine, send);
  }
  for (const core::LinkId link : effects.closes) {
    if (burns(machine)) return;
    network_.close(machine, link);
  }
  if (effects.peers_changed) network_.pursue(machine);
}

void Simulation::rewake(Machine& machine) {
  const core::Instant at = machine.local(now());
  core::Instant wake = machine.gate ? machine.gate->next_wake(at) : machine.office->next_wake(at);
  if (const Service* service = service_of(machine)) wake = std::min(wake, service->next_wake());
  if (wake == core::Instant::max()) return;
  if (wake <= at) {
    if (++machine.spins > most_spins) violate("a core spins", machine.name.text());
    wake = at + core::Duration{1};
  } else {
    machine.spins = 0;
  }
  const Time when = std::max(machine.true_time(wake), now() + 1);
  if (machine.wake_at != 0 && machine.wake_at <= when) return;
  machine.wake_at = when;
  agenda_.add(when, What::wake, machine.index, machine.life);
}

void Simulation::woken(Machine& machine, Time at) {
  if (machine.wake_at != at && machine.wake_at > now()) return;  // an earlier one was planned since
  ask_pins_when_due(machine);
  machine.wake_at = 0;
  step(machine, core::Tick{});
}

}  // namespace parking::sim
