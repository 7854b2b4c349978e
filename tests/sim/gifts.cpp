#include "tests/sim/gifts.hpp"

#include <algorithm>

#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

/// A row is sent again each 150 ms; of 100 messages at most 15 are lost, so that all tries of this
/// time are lost about once in 10^10 gifts.
constexpr Time arrives_within = 2 * us_per_s;

}  // namespace

// Nobody, too, when a card was copied: then it is open which of the two a message reaches.
const Machine* Gifts::holder_of(core::Incarnation row) const {
  const Machine* holder = nullptr;
  for (const Machine& machine : sim_.machines()) {
    if (!machine.in_use || machine.incarnation() != row) continue;
    if (machine.shadow || holder != nullptr) return nullptr;
    holder = &machine;
  }
  return holder;
}

void Gifts::durable(const Machine& donor, const core::Row& before) {
  const core::Row& row = *donor.disk.stable().own;
  if (row.given == before.given || holder_of(row.owner.incarnation) != &donor) return;
  for (const auto& [to, count] : row.given) {
    const auto known = before.given.find(to);
    if (known != before.given.end() && known->second == count) continue;
    const Machine* receiver = holder_of(to);
    if (receiver == nullptr || !receiver->up()) continue;
    const core::Peer* peer = donor.exchange().peers().find(receiver->name);
    if (peer == nullptr || !peer->link) continue;
    promises_.push_back({.donor = donor.index,
                         .receiver = receiver->index,
                         .donor_life = donor.life,
                         .receiver_life = receiver->life,
                         .version = row.version,
                         .link = *peer->link,
                         .made = sim_.now()});
    sim_.agenda().add(sim_.now() + arrives_within, What::gift,
                      static_cast<std::uint32_t>(promises_.size() - 1));
  }
}

bool Gifts::undisturbed(const Promise& promise) const {
  const Machine& donor = sim_.machine(promise.donor);
  const Machine& receiver = sim_.machine(promise.receiver);
  for (const auto& [machine, life] :
       {std::pair{&donor, promise.donor_life}, std::pair{&receiver, promise.receiver_life}})
    if (!machine->up() || machine->life != life || machine->paused_until > promise.made ||
        holder_of(machine->incarnation()) != machine)
      return false;
  const core::Peer* peer = donor.exchange().peers().find(receiver.name);
  return peer != nullptr && peer->link == promise.link &&
         sim_.network().clear_since(donor.index, receiver.index, promise.made) &&
         sim_.network().works(promise.link);
}

void Gifts::due(std::uint32_t index) {
  const Promise& promise = promises_[index];
  if (!undisturbed(promise)) return;
  const Machine& donor = sim_.machine(promise.donor);
  const Machine& receiver = sim_.machine(promise.receiver);
  const core::Ledger& ledger = receiver.exchange().ledger();
  const core::Incarnation row = donor.incarnation();
  if (ledger.is_frozen(row) || ledger.mark(row).version >= promise.version) return;
  sim_.violate("a gift did not arrive",
               donor.name.text() + " gave with version " + std::to_string(promise.version) + ", " +
                   receiver.name.text() + " knows " + std::to_string(ledger.mark(row).version));
}

}  // namespace parking::sim
