#include "tests/sim/service.hpp"

#include "app/wire/convert.hpp"
#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

// The real one is 15 s; a scenario lasts a minute, and leases must have time to end in it.
constexpr core::Duration lease{6000};

}  // namespace

Service::Service(Simulation& sim, MachineIndex office, const core::Remembered& remembered)
    : sim_(sim),
      office_(office),
      life_(sim.machine(office).life),
      registry_(lease, remembered.peers, core::Instant{}) {}

Machine& Service::office() const {
  return sim_.machine(office_);
}

bool Service::is_over() const {
  return !office().up() || office().life != life_;
}

core::Instant Service::local_now() const {
  return office().local(sim_.now());
}

void Service::received(std::uint32_t connection, const std::string& bytes) {
  const auto message = wire::decode(bytes);
  if (!message) {
    sim_.violate("not understood", "registry: " + message.error().text);
    return;
  }
  const auto session = sessions_.find(connection);
  if (const auto* request = std::get_if<core::Register>(&*message)) {
    announced(connection, *request);
  } else if (session == sessions_.end()) {
    refuse(connection, {core::RefusalCode::not_understood, "begin with Register"});
  } else if (std::holds_alternative<core::Renew>(*message)) {
    if (registry_.renew(session->second, local_now()))
      sim_.network().send_bytes(
          connection, 1, wire::encode(core::Renewed{registry_.revision(), registry_.lease()}));
    else
      refuse(connection, {core::RefusalCode::not_understood, "announce this gate anew"});
    publish();
  } else if (std::holds_alternative<core::Withdraw>(*message)) {
    registry_.withdraw(session->second.owner);
    publish();
  }
}

void Service::announced(std::uint32_t connection, const core::Register& request) {
  discovery::Office& core = *office().office;
  if (!request.lot.empty() && core.exchange().lot() != request.lot)
    core.meet_other_lot(request.lot, local_now());
  const auto result = registry_.announce(request, core.lot(), local_now());
  if (const auto* refusal = std::get_if<core::Refusal>(&result)) {
    refuse(connection, *refusal);
    return;
  }
  sessions_[connection] = request;
  publish();
  if (!tell_after_ && !is_over())
    sim_.network().send_bytes(connection, 1, wire::encode(published_));
}

void Service::refuse(std::uint32_t connection, core::Refusal refusal) {
  sim_.network().send_bytes(connection, 1, wire::encode(std::move(refusal)));
  sim_.network().close(connection, 1);
  sessions_.erase(connection);
}

void Service::tell_gates() {
  const std::string bytes = wire::encode(published_);
  for (const auto& [connection, request] : sessions_)
    sim_.network().send_bytes(connection, 1, bytes);
}

void Service::committed(core::RecordNumber number) {
  durable_ = number;
  if (!tell_after_ || durable_ < *tell_after_) return;
  tell_after_.reset();
  tell_gates();
}

core::PeerList Service::list() const {
  core::PeerList list = registry_.list();
  const core::Exchange& exchange = office().exchange();
  if (exchange.lot_ready()) list.lot = exchange.lot();
  list.lot_name = "Simulated";
  list.peers.push_back({.owner = exchange.self(), .address = office().address, .has_entry = false});
  return list;
}

void Service::follow_retirements() {
  const auto& part = office().exchange().journal().durable().office;
  if (!part || part->retired.size() == retirements_followed_) return;
  for (const auto& [row, version] : part->retired) registry_.retire(row);
  retirements_followed_ = part->retired.size();
}

void Service::publish() {
  if (publishing_ || is_over()) return;
  registry_.tick(local_now());
  follow_retirements();
  core::PeerList now = list();
  if (now == published_) return;
  published_ = std::move(now);
  publishing_ = true;
  sim_.step(office(), core::PeersListed{published_});
  publishing_ = false;
  if (is_over()) return;
  tell_after_ = last_record_;
  if (durable_ < last_record_) return;
  tell_after_.reset();
  tell_gates();
}

}  // namespace parking::sim
