#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/sim/agenda.hpp"
#include "tests/sim/gifts.hpp"
#include "tests/sim/machine.hpp"
#include "tests/sim/network.hpp"
#include "tests/sim/office_store.hpp"
#include "tests/sim/operator.hpp"
#include "tests/sim/plan.hpp"
#include "tests/sim/registrar.hpp"
#include "tests/sim/report.hpp"
#include "tests/sim/rng.hpp"
#include "tests/sim/service.hpp"
#include "tests/sim/street.hpp"
#include "tests/sim/truth.hpp"

namespace parking::sim {

/// Where the lines of `--trace` go, and the last ones of a failure.
class Trace {
public:
  virtual ~Trace() = default;
  virtual void line(Time at, const std::string& text) = 0;
};

/// One car park from its opening to its healing, on one thread and in virtual time. All that
/// happens follows from the plan.
class Simulation {
public:
  explicit Simulation(const Plan& plan, Trace* trace = nullptr);
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  /// The traffic, then healing, then the last checks.
  Outcome run();
  /// The traffic alone.
  Outcome run_traffic();

  // What the parts of the world use.
  [[nodiscard]] Time now() const { return agenda_.now(); }
  [[nodiscard]] const Plan& plan() const { return plan_; }
  Agenda& agenda() { return agenda_; }
  Rng& rng() { return rng_; }
  Machine& machine(MachineIndex index) { return machines_[index]; }
  std::deque<Machine>& machines() { return machines_; }
  Network& network() { return network_; }
  Registrar& registrar() { return registrar_; }
  Service& service() { return *services_.at(office_machine); }
  Operator& the_operator() { return operator_; }
  OfficeStore& office_store() { return office_store_; }
  Street& street() { return street_; }
  Truth& truth() { return truth_; }
  Outcome& outcome() { return outcome_; }
  [[nodiscard]] bool healing() const { return healing_; }

  /// One step of that machine's core, and everything that follows at once.
  void step(Machine& machine, const core::Input& input);
  /// The same with a time, by the machine's own clock, that may lie back a little.
  void step(Machine& machine, const core::Input& input, core::Instant at);
  /// The same for an operator's command. Returns why it was refused; empty: it was not.
  std::string command(Machine& machine, const core::Input& input);
  /// The process runs and is not paused.
  [[nodiscard]] bool runs(const Machine& machine) const {
    return machine.up() && now() >= machine.paused_until;
  }
  void crash(Machine& machine, Time downtime);
  /// An empty store with a new incarnation; the program must not run.
  void renew_store(Machine& machine);
  void mix(std::uint64_t value) {
    outcome_.digest = (outcome_.digest ^ value) * 0x9e3779b97f4a7c15ULL;
    outcome_.digest ^= outcome_.digest >> 29U;
  }
  void violate(const char* rule, const std::string& text);
  [[nodiscard]] bool tracing() const { return trace_ != nullptr; }
  void log(const std::string& text) {
    if (trace_ != nullptr) trace_->line(now(), text);
  }

private:
  void make_machines();
  void open();
  Machine& add_machine(const core::GateId& name, const GatePlan* plan);
  void start(Machine& machine);
  void dispatch(const Happening& next);
  void obey(Machine& machine, core::Effects& effects);
  void witness(Machine& machine, const core::Received& received, bool foreign);
  [[nodiscard]] bool burns(Machine& machine);
  void account(Machine& machine);
  void accept_office(Machine& machine);
  void account_shadow(Machine& machine, const core::Row& own);
  void counted(Machine& machine, const RowChange& change);
  void check_start(const Machine& machine, bool has_spent);
  void follow_settled(const Machine& machine, const Truth::Entry& entry);
  void rewake(Machine& machine);
  void late_readings(Machine& machine);
  /// No program whose time is due decides by it before it has asked its pins.
  void ask_pins_when_due(Machine& machine);
  void woken(Machine& machine, Time at);
  void account_late(Machine& machine, const core::Row& own);
  void end_identity(Machine& machine, const std::string& why);
  [[nodiscard]] Service* service_of(const Machine& machine);

  void begin_commit(Machine& machine);
  void commit(Machine& machine);
  void look_for_room(Machine& machine);
  void look_at_store(const Machine& machine);

  void fault(const Fault& fault, std::uint32_t index);
  void fault_ends(const Fault& fault, std::uint32_t index);
  void fault_of_machine(const Fault& fault, Machine& machine);
  void fault_of_lane(const Fault& fault, Machine& machine);
  void put_back_older_store(Machine& machine);
  void clone(Machine& original, std::uint32_t fault);
  void take_away_copy(std::uint32_t fault);
  void accept_shadows();

  void heal();
  void renew_retired();
  void look();
  [[nodiscard]] std::string disagreement();
  [[nodiscard]] std::string alarms();
  void final_checks();
  [[nodiscard]] static std::string first_difference(const Machine& machine, const Machine& other);

  const Plan& plan_;
  Trace* trace_;
  Agenda agenda_;
  Rng rng_;
  Rng store_rng_;
  std::deque<Machine> machines_;
  std::vector<StoreCopy> old_stores_;             ///< by machine: what was backed up
  std::map<std::uint32_t, MachineIndex> copies_;  ///< by fault
  Network network_;
  Registrar registrar_;
  std::map<MachineIndex, std::unique_ptr<Service>> services_;  ///< of the office, and its copy
  /// Of former lives of an office; one may still be in the middle of something.
  std::vector<std::unique_ptr<Service>> former_services_;
  Street street_;
  Truth truth_;
  OfficeStore office_store_;
  Gifts gifts_;
  Operator operator_;
  std::string* refusal_ = nullptr;  ///< where the next step says why a command was refused
  Outcome outcome_;
  bool healing_ = false;
  bool done_ = false;
  Time healed_at_ = 0;
  core::Count crossings_ = 0;  ///< when it was last looked whether everything agrees
  std::uint32_t steady_looks_ = 0;
};

}  // namespace parking::sim
