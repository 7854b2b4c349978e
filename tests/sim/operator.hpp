#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "app/core/record.hpp"
#include "tests/sim/acts.hpp"
#include "tests/sim/machine.hpp"
#include "tests/sim/settlement.hpp"

namespace parking::sim {

class Simulation;

/// Does the plan's acts: looks at the car park now and then, gives commands and takes a refusal for
/// what it says. Honest: a machine that he calls off is off, a number that he gives is true.
class Operator {
public:
  Operator(Simulation& sim) : sim_(sim), settlement_(sim) {}

  /// Writes his acts into the agenda.
  void open();
  void go_on(std::uint32_t act);
  /// Everything is mended: he finishes what he has begun and begins nothing more.
  void heal();
  [[nodiscard]] bool busy() const;
  /// What he forgot while other things happened: entries that are still held, gates that were taken
  /// out or have gone.
  void clear_up();
  [[nodiscard]] bool owes_last_recount() const;
  void begin_last_recount();
  /// Held admissions may be settled now: not while a number waits to be written.
  [[nodiscard]] bool may_settle() const { return !given_; }
  Settlement& settlement() { return settlement_; }

private:
  struct Task {
    OperatorAct act;
    std::uint32_t stage = 0;
    std::uint32_t tries = 0;
    std::vector<MachineIndex> gates;
    std::vector<core::Incarnation> rows;
    core::Remembered image;
    bool older = false;
    bool done = false;
    Time since = 0;
  };

  /// Of a retirement: its gates are taken out and off.
  static constexpr std::uint32_t stage_back = 3;

  // Each goes on with the task and says in how long it wants to be called again; 0: it has ended.
  Time recount(Task& task);
  Time begin_recount(Task& task);
  Time interfere(Task& task);
  void hold_up(const Task& task);
  Time give_number(Task& task);
  Time wait_for_recount(Task& task);
  Time end_recount(Task& task);
  Time retire(Task& task);
  Time vouch_for(Task& task);
  Time leave(Task& task);
  void recount_while_cut_off(const Machine& machine);
  Time import_store(Task& task);
  Time offer_image(Task& task);
  Time bring_back(Task& task);
  Time settle_and_renew(Task& task);

  /// They get a new store, once the office has what the old one says.
  void renew_ended();
  void let_go_forgotten_hold();
  std::string ask_office(const core::Input& command);
  std::string ask(const Task& task, const core::Input& command);
  [[nodiscard]] bool may_give_number() const;
  [[nodiscard]] bool is_quiet_for_number(const Machine& machine) const;
  [[nodiscard]] bool may_be_taken(const Machine& machine) const;
  [[nodiscard]] std::size_t taken_out() const;
  void retire_who_is_off();
  void cut_off(const Task& task, bool off);
  void meddle(const Task& task);
  void switch_off(Machine& machine);
  void switch_on(Machine& machine, bool new_store);
  [[nodiscard]] bool has_said_its_last(const Machine& machine) const;

  Simulation& sim_;
  Settlement settlement_;
  std::deque<Task> tasks_;                   ///< grows while one of them is at work
  std::optional<std::uint32_t> recounting_;  ///< the task
  bool given_ = false;                       ///< a number waits to be written
  std::uint32_t recounts_before_ = 0;
  Time healed_at_ = 0;
  bool last_begun_ = false;
};

}  // namespace parking::sim
