#include "tests/sim/registrar.hpp"

#include <algorithm>

#include "app/wire/convert.hpp"
#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

/// As peer::DiscoverySettings has it.
constexpr std::uint32_t longest_step_ms = 1000;

}  // namespace

void Registrar::begin(Machine& gate) {
  gate.registry_connection = nobody;
  gate.register_step_ms = 100;
  register_now(gate);
}

void Registrar::again(Machine& gate) {
  gate.registry_connection = nobody;
  const Time wait =
      sim_.rng().between(gate.register_step_ms / 2, gate.register_step_ms) * us_per_ms;
  gate.register_step_ms = std::min(gate.register_step_ms * 2, longest_step_ms);
  sim_.agenda().add(sim_.now() + wait, What::register_now, gate.index, gate.life);
}

void Registrar::register_now(Machine& gate) {
  if (gate.registry_connection != nobody) return;
  const std::uint32_t connection = sim_.network().open_registry(gate);
  if (sim_.tracing())
    sim_.log(gate.name.text() + (connection == nobody ? " does not reach" : " calls") +
             " the registry");
  if (connection == nobody) {
    again(gate);
    return;
  }
  gate.registry_connection = connection;
  gate.registry_heard = sim_.now();
  gate.registered = false;
  const core::Exchange& exchange = gate.exchange();
  sim_.network().send_bytes(connection, 0,
                            wire::encode(core::Register{.owner = exchange.self(),
                                                        .address = gate.address,
                                                        .has_entry = exchange.has_entry(),
                                                        .lot = exchange.lot()}));
  sim_.agenda().add(sim_.now() + renew_every, What::renew, gate.index, gate.life, connection);
}

void Registrar::renew(Machine& gate, std::uint32_t connection) {
  if (gate.registry_connection != connection) return;
  if (sim_.now() - gate.registry_heard > silent_for) {
    hang_up(gate);
    return;
  }
  if (gate.registered)
    sim_.network().send_bytes(connection, 0, wire::encode(core::Renew{gate.exchange().self()}));
  sim_.agenda().add(sim_.now() + renew_every, What::renew, gate.index, gate.life, connection);
}

void Registrar::hang_up(Machine& gate) {
  sim_.network().close(gate.registry_connection, 0);
  again(gate);
}

void Registrar::withdraw(Machine& gate) {
  if (gate.registry_connection == nobody) return;
  sim_.network().send_bytes(gate.registry_connection, 0,
                            wire::encode(core::Withdraw{gate.exchange().self()}));
}

void Registrar::closed(Machine& gate, std::uint32_t connection) {
  if (gate.registry_connection == connection) again(gate);
}

void Registrar::received(Machine& gate, std::uint32_t connection, const std::string& bytes) {
  if (gate.registry_connection != connection) return;
  gate.registry_heard = sim_.now();
  const auto message = wire::decode(bytes);
  if (!message) {
    sim_.violate("not understood", gate.name.text() + ": " + message.error().text);
    return;
  }
  if (const auto* list = std::get_if<core::PeerList>(&*message)) {
    gate.registered = true;
    gate.register_step_ms = 100;
    sim_.step(gate, core::PeersListed{*list});
  } else if (const auto* refusal = std::get_if<core::Refusal>(&*message)) {
    if (sim_.tracing())
      sim_.log(gate.name.text() + " is refused by the registry: " + refusal->text);
    hang_up(gate);
    sim_.step(gate, core::RegistrationRefused{*refusal});
  }
}

}  // namespace parking::sim
