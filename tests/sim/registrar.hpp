#pragma once

#include <string>

#include "tests/sim/machine.hpp"

namespace parking::sim {

class Simulation;

/// A gate's side of its conversation with the registry: announces it, keeps its lease, hands every
/// list to the core. Goes on asking whatever happens.
class Registrar {
public:
  Registrar(Simulation& sim) : sim_(sim) {}

  void begin(Machine& gate);
  void register_now(Machine& gate);
  void renew(Machine& gate, std::uint32_t connection);
  void withdraw(Machine& gate);
  void received(Machine& gate, std::uint32_t connection, const std::string& bytes);
  void closed(Machine& gate, std::uint32_t connection);

  static constexpr Time renew_every = us_per_s;
  static constexpr Time silent_for = 5 * us_per_s;

private:
  void again(Machine& gate);
  void hang_up(Machine& gate);

  Simulation& sim_;
};

}  // namespace parking::sim
