#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/sim/machine.hpp"
#include "tests/sim/plan.hpp"

namespace parking::sim {

class Simulation;

/// What becomes of a lot whose office has lost its store (ledger rule 8): the operator who mends
/// it, and what has to be true of the lots meanwhile.
class OfficeStore {
public:
  OfficeStore(Simulation& sim) : sim_(sim) {}

  // What the world tells.
  /// A fault of the office's own store has happened; `value` seconds later the operator comes, and
  /// with 0 after the traffic.
  void struck(const Fault& fault);
  /// The program of an office has found its store to be of no use any more.
  void ended(Machine& machine);
  /// The true office has written its row, and created so many permits.
  void written(Machine& office, const core::Row& own, core::Count created);

  // What the operator does.
  void set_capacity(core::Count capacity);
  void look_again();
  /// Brings the office back into the lot that the gates know, one step at a time.
  void look();

  /// What other lots than the one that the gates know have let in.
  struct OtherLots {
    core::Count capacity = 0;
    core::Count cars = 0;  ///< let in or counted by rows of theirs, less those that left there
    core::Count debt = 0;  ///< of their rows
  };
  [[nodiscard]] OtherLots other_lots() const;
  /// Nothing is left for the operator to do.
  [[nodiscard]] bool mended() const;

private:
  void watch_from(Time at);
  void replace_store(Machine& office);
  void take_over(Machine& office);
  void renew_gates_of_other_lots(core::LotId right);
  void begin_anew(Machine& office);
  void retire_unknown(Machine& office);
  void dismiss_other_lots(Machine& office);
  void dismiss_named(Machine& office, const std::string& why);
  [[nodiscard]] bool contends(const Machine& office) const;
  [[nodiscard]] bool must_have_frozen(const Machine& machine, const Machine& office) const;
  void check_takeover(const Machine& office, const core::Row& own);
  void adopt_retired(const Machine& office, core::Incarnation row);
  [[nodiscard]] core::LotId right_lot() const;
  [[nodiscard]] bool is_alive(core::LotId lot) const;
  [[nodiscard]] bool names(const Machine& office, core::LotId lot) const;

  Simulation& sim_;
  std::vector<core::LotId> lots_;                    ///< every one that was created, oldest first
  std::map<core::Incarnation, core::LotId> lot_of_;  ///< rows written since there are several
  std::vector<core::Incarnation> retired_;           ///< offices
  core::Count commanded_ = 0;                        ///< the capacity that the operator wants
  Time delay_ = 0;
  bool struck_ = false;
  bool watching_ = false;
  bool ended_ = false;
};

}  // namespace parking::sim
