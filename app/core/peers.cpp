#include "app/core/peers.hpp"

#include <ranges>

namespace parking::core {

Peer* Peers::obtain(const GateId& gate) {
  const auto found = peers_.find(gate);
  if (found != peers_.end()) return &found->second;
  if (peers_.size() > max_gates) return nullptr;  // the gates and the office
  Peer peer;
  peer.gate = gate;
  peer.heard = start_;
  return &peers_.emplace(gate, std::move(peer)).first->second;
}

Peer* Peers::find(const GateId& gate) {
  const auto found = peers_.find(gate);
  return found == peers_.end() ? nullptr : &found->second;
}

const Peer* Peers::find(const GateId& gate) const {
  const auto found = peers_.find(gate);
  return found == peers_.end() ? nullptr : &found->second;
}

std::set<GateId> Peers::reachable() const {
  std::set<GateId> gates;
  for (const auto& [gate, peer] : peers_)
    if (peer.link) gates.insert(gate);
  return gates;
}

void Peers::drop_unlisted() {
  std::erase_if(peers_, [](const auto& entry) {
    const Peer& peer = entry.second;
    return !peer.listed && !peer.retired && !peer.link;
  });
}

void Peers::open(LinkId id, const GateId& dialled, Instant now) {
  links_.emplace(id, Link{dialled, std::nullopt, now, now});
}

void Peers::close(LinkId id) {
  const auto found = links_.find(id);
  if (found == links_.end()) return;
  if (found->second.peer) {
    Peer* peer = find(*found->second.peer);
    if (peer != nullptr && peer->link == id) peer->link.reset();
  }
  links_.erase(found);
}

Link* Peers::link(LinkId id) {
  const auto found = links_.find(id);
  return found == links_.end() ? nullptr : &found->second;
}

Peer* Peers::on(LinkId id) {
  const Link* known = link(id);
  if (known == nullptr || !known->peer) return nullptr;
  Peer* peer = find(*known->peer);
  return peer != nullptr && peer->link == id ? peer : nullptr;
}

}  // namespace parking::core
