#pragma once

#include <vector>

#include "app/core/row.hpp"
#include "tests/sim/machine.hpp"

namespace parking::sim {

class Simulation;

/// Ledger rule 4: a gift is sent again until it has arrived. Over a connection that works all the
/// while that takes a moment, however many messages are lost.
class Gifts {
public:
  Gifts(Simulation& sim) : sim_(sim) {}

  /// The donor's row is durable; `before` is what was durable until now.
  void durable(const Machine& donor, const core::Row& before);
  /// The time for one of them is over.
  void due(std::uint32_t index);

private:
  struct Promise {
    MachineIndex donor = 0;
    MachineIndex receiver = 0;
    std::uint32_t donor_life = 0;
    std::uint32_t receiver_life = 0;
    core::Version version = 0;
    core::LinkId link{};
    Time made = 0;
  };
  [[nodiscard]] const Machine* holder_of(core::Incarnation row) const;
  [[nodiscard]] bool undisturbed(const Promise& promise) const;

  Simulation& sim_;
  std::vector<Promise> promises_;
};

}  // namespace parking::sim
