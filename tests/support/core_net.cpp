#include "tests/support/core_net.hpp"

#include <algorithm>
#include <utility>

#include "tests/support/shown_version.hpp"

namespace parking::test_support {
namespace {

using core::Duration;
using core::Instant;
using core::Presence;
using std::chrono_literals::operator""ms;

constexpr Duration redial_every{400};

core::GateId gate_id(CoreNet::Node node) {
  if (node == CoreNet::office) return core::GateId::office();
  return *core::GateId::parse("g" + std::to_string(node));
}

}  // namespace

CoreNet::CoreNet(Settings settings) : settings_(settings), random_(settings.seed) {
  nodes_.resize(settings_.gates + 1);
  for (Node node = 0; node < nodes_.size(); ++node) {
    Machine& machine = nodes_[node];
    machine.self = {gate_id(node), core::Incarnation{random_() | 1U}};
    machine.disk.incarnation = machine.self.incarnation;
  }
  at(now_ + redial_every, [this] { dial_missing(); });
}

void CoreNet::at(Instant when, std::function<void()> what) {
  agenda_.emplace(std::pair{std::max(when, now_), ++sequence_}, std::move(what));
}

void CoreNet::run_for(Duration duration) {
  run_until([] { return false; }, duration);
}

bool CoreNet::run_until(const std::function<bool()>& done, Duration limit) {
  const Instant end = now_ + limit;
  while (!done()) {
    if (agenda_.empty() || agenda_.begin()->first.first > end) {
      now_ = end;
      return done();
    }
    auto next = agenda_.extract(agenda_.begin());
    now_ = next.key().first;
    next.mapped()();
    most_ever_ = std::max(most_ever_, inside_and_let_in());
  }
  return true;
}

void CoreNet::open_for_business() {
  for (Node node = 0; node < nodes_.size(); ++node) restart(node);
  const auto handed_out = [this] {
    core::Count held = 0;
    for (Node node = 1; node < nodes_.size(); ++node)
      held += exchange(node).may_spend() ? exchange(node).permits() : 0;
    return held == settings_.capacity;
  };
  run_until(handed_out, Duration{20000});
}

// --- machines ----------------------------------------------------------------------------------

void CoreNet::restart(Node node) {
  Machine& machine = nodes_[node];
  if (machine.core) return;
  ++machine.life;
  machine.ended.clear();
  machine.wake = Instant::max();
  machine.disk_free = now_;
  core::Random random = [seed = random_()]() mutable {
    return seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
  };
  if (node == office) {
    machine.core = std::make_unique<Core>(
        std::in_place_type<discovery::Office>,
        discovery::Office::Settings{machine.self, settings_.capacity, "Test"}, machine.disk,
        std::move(random), now_);
  } else {
    core::GateSettings settings{.self = machine.self,
                                .lanes = {{.name = "in", .direction = core::LaneDirection::entry},
                                          {.name = "out", .direction = core::LaneDirection::exit}}};
    machine.core = std::make_unique<Core>(std::in_place_type<core::GateCore>, std::move(settings),
                                          machine.disk, std::move(random), now_);
    for (const std::size_t lane : {entry_lane, exit_lane}) {
      const Way& way = lane == entry_lane ? machine.in : machine.out;
      step(node, core::SensorChanged{lane, core::LaneInput::approach, way.approach});
      step(node, core::SensorChanged{lane, core::LaneInput::passage, way.passage});
    }
  }
  tell_list(node);
}

void CoreNet::crash(Node node) {
  Machine& machine = nodes_[node];
  if (!machine.core) return;
  machine.core.reset();
  ++machine.life;
  for (Way* way : {&machine.in, &machine.out})
    if (!way->driving) way->barrier_open = false;
  for (auto& [end, wire] : wires_) {
    if (wire.from != node || !wire.open) continue;
    wire.open = false;
    // A program that ends closes its connections; a machine without power says nothing.
    if (draw(2) == 0) drop_link(wire.far_end, between(settings_.delay_min, settings_.delay_max));
  }
}

void CoreNet::renew_store(Node node) {
  crash(node);
  Machine& machine = nodes_[node];
  machine.former.push_back(machine.self.incarnation);
  machine.self.incarnation = core::Incarnation{random_() | 1U};
  machine.disk = {};
  machine.disk.incarnation = machine.self.incarnation;
  restart(node);
  for (Node other = 0; other < nodes_.size(); ++other)
    if (other != node && is_up(other)) tell_list(other);
}

core::PeerList CoreNet::list() const {
  core::PeerList list{.lot_name = "Test", .revision = 1, .lease = Duration{15000}};
  if (is_up(office))
    list.lot = exchange(office).lot_ready() ? exchange(office).lot() : core::LotId{};
  const auto retired = is_up(office) ? std::get<discovery::Office>(*nodes_[office].core).retired()
                                     : core::FlatMap<core::Incarnation, core::Version>{};
  for (Node node = 0; node < nodes_.size(); ++node)
    list.peers.push_back({.owner = nodes_[node].self,
                          .address = "node:" + std::to_string(node),
                          .has_entry = node != office,
                          .state = retired.contains(nodes_[node].self.incarnation)
                                       ? core::PeerState::retired
                                       : core::PeerState::alive,
                          .superseded = nodes_[node].former});
  return list;
}

discovery::Office* CoreNet::office_core() {
  return is_up(office) ? &std::get<discovery::Office>(*nodes_[office].core) : nullptr;
}

std::string CoreNet::command(Node node, const core::Input& input) {
  core::Effects effects =
      std::visit([&](auto& core) { return core.step(input, now_); }, *nodes_[node].core);
  const std::string refused = effects.refused.value_or("");
  obey(node, std::move(effects));
  rewake(node);
  return refused;
}

void CoreNet::ask_from_lot(core::LotId lot) {
  office_core()->meet_other_lot(lot, now_);
  step(office, core::Tick{});
}

void CoreNet::lose_office_store() {
  crash(office);
  Machine& machine = nodes_[office];
  machine.self.incarnation = core::Incarnation{random_() | 1U};
  machine.disk = {};
  machine.disk.incarnation = machine.self.incarnation;
  for (Machine& gate : nodes_) gate.former.clear();  // the registry's list was in that store
  restart(office);
}

// The registry stands beside the office: who is cut off from it keeps the last list.
void CoreNet::tell_list(Node node) {
  if (!is_up(office) || !is_up(node) || is_cut(node, office)) return;
  const core::LotId known = node == office ? core::LotId{} : exchange(node).lot();
  if (!known.empty() && exchange(office).lot() != known) {
    office_core()->meet_other_lot(known, now_);
    return;
  }
  if (office_core()->retired().contains(nodes_[node].self.incarnation)) {
    step(node, core::RegistrationRefused{{core::RefusalCode::retired, "retired"}});
    return;
  }
  const core::PeerList current = list();
  if (node == office || !current.lot.empty()) step(node, core::PeersListed{current});
}

void CoreNet::step(Node node, const core::Input& input) {
  Machine& machine = nodes_[node];
  if (!machine.core) return;
  core::Effects effects =
      std::visit([&](auto& core) { return core.step(input, now_); }, *machine.core);
  obey(node, std::move(effects));
  rewake(node);
}

void CoreNet::rewake(Node node) {
  Machine& machine = nodes_[node];
  const Instant wanted =
      std::visit([&](auto& core) { return core.next_wake(now_); }, *machine.core);
  if (wanted <= now_) ++spins_;
  const Instant when = std::max(wanted, now_ + 1ms);
  if (when >= machine.wake) return;
  machine.wake = when;
  at(when, [this, node, life = machine.life, when] {
    Machine& woken = nodes_[node];
    if (woken.life != life || woken.wake != when) return;
    woken.wake = Instant::max();
    step(node, core::Tick{});
  });
}

void CoreNet::obey(Node node, core::Effects effects) {
  for (const core::BarrierOutput& command : effects.outputs) output(node, command);
  if (effects.record) store(node, std::move(*effects.record));
  for (const core::Send& message : effects.sends) send(message);
  for (const core::LinkId end : effects.closes) close(end);
  if (effects.identity_ended) nodes_[node].ended = *effects.identity_ended;
}

void CoreNet::store(Node node, core::Record record) {
  Machine& machine = nodes_[node];
  mix(record.number);
  machine.disk_free =
      std::max(machine.disk_free, now_) + between(settings_.disk_min, settings_.disk_max);
  at(machine.disk_free, [this, node, life = machine.life, record = std::move(record)] {
    Machine& owner = nodes_[node];
    if (owner.life != life) return;  // the power failed before
    core::Remembered& disk = owner.disk;
    if (record.own) {
      disk.own = record.own;
      disk.past_tags.push_back(record.own->tag);
      disk.held = record.held;
    }
    for (const core::RowCopy& copy : record.learned) {
      const auto same = std::ranges::find(
          disk.learned, copy.row.owner, [](const core::RowCopy& known) { return known.row.owner; });
      if (same == disk.learned.end())
        disk.learned.push_back(copy);
      else
        *same = copy;
    }
    disk.superseded.insert(disk.superseded.end(), record.superseded.begin(),
                           record.superseded.end());
    const bool lot_is_new = record.lot && disk.lot.empty();
    if (record.lot) disk.lot = *record.lot;
    if (record.peers) disk.peers = record.peers;
    step(node, core::Persisted{record.number});
    if (node == office && lot_is_new)
      for (Node gate = 0; gate < nodes_.size(); ++gate) tell_list(gate);
  });
}

// --- network -----------------------------------------------------------------------------------

Duration CoreNet::between(Duration low, Duration high) {
  return low + Duration{static_cast<Duration::rep>(
                   random_() % static_cast<std::uint64_t>((high - low).count() + 1))};
}

bool CoreNet::is_cut(Node a, Node b) const {
  return cuts_.contains(std::minmax(a, b));
}

void CoreNet::cut(Node a, Node b) {
  cuts_.insert(std::minmax(a, b));
}

void CoreNet::heal(Node a, Node b) {
  cuts_.erase(std::minmax(a, b));
  if (a == office || b == office) {
    if (is_up(a)) tell_list(a);
    if (is_up(b)) tell_list(b);
  }
}

void CoreNet::heal_all() {
  while (!cuts_.empty()) {
    const auto [a, b] = *cuts_.begin();
    heal(a, b);
  }
}

void CoreNet::dial_missing() {
  // Gates renew their registration all the time.
  for (Node node = 0; node < nodes_.size(); ++node)
    if (is_up(node)) tell_list(node);
  for (Node from = 0; from < nodes_.size(); ++from) {
    if (!is_up(from) || !exchange(from).lot_ready()) continue;
    for (Node to = 0; to < nodes_.size(); ++to) {
      if (from == to) continue;
      const core::Peer* peer = exchange(from).peers().find(gate_id(to));
      const bool dialling = std::ranges::any_of(wires_, [&](const auto& entry) {
        const Wire& wire = entry.second;
        return wire.open && wire.from == from && wire.to == to && wire.dialled;
      });
      if (peer != nullptr && !peer->link && !dialling) dial(from, to);
    }
  }
  std::erase_if(wires_, [&](const auto& entry) {
    const auto far = wires_.find(entry.second.far_end);
    return !entry.second.open && far != wires_.end() && !far->second.open &&
           entry.second.last_arrival + Duration{10000} < now_;
  });
  at(now_ + redial_every + between(0ms, 100ms), [this] { dial_missing(); });
}

void CoreNet::dial(Node from, Node to) {
  if (!is_up(to) || is_cut(from, to)) return;
  const core::LinkId near{next_link_++};
  const core::LinkId far{next_link_++};
  wires_[near] = {from, to, far, true, true, now_};
  wires_[far] = {to, from, near, false, true, now_};
  step(to, core::LinkUp{far, {}});
  step(from, core::LinkUp{near, gate_id(to)});
}

void CoreNet::send(const core::Send& message) {
  const auto found = wires_.find(message.link);
  if (found == wires_.end() || !found->second.open) return;
  Wire& wire = found->second;
  const Machine& sender = nodes_[wire.from];
  const core::Version durable = sender.disk.own ? sender.disk.own->version : 0;
  if (version_in(message.message, sender.self.incarnation) > durable) ++undone_by_a_crash_;
  mix(static_cast<std::uint64_t>(message.link) * 31 + message.message.index());
  if (is_cut(wire.from, wire.to)) return;
  if (draw(100) < static_cast<std::uint64_t>(settings_.loss_percent)) return;
  const auto slow = slow_.find({wire.from, wire.to});
  const Duration delay = between(settings_.delay_min, settings_.delay_max) +
                         (slow == slow_.end() ? Duration(0) : slow->second);
  wire.last_arrival = std::max(wire.last_arrival, now_ + delay);
  at(wire.last_arrival, [this, far = wire.far_end, text = message.message] {
    const auto end = wires_.find(far);
    if (end == wires_.end() || !end->second.open || is_cut(end->second.from, end->second.to))
      return;
    step(end->second.from, core::Received{far, text});
  });
}

void CoreNet::close(core::LinkId end) {
  const auto found = wires_.find(end);
  if (found == wires_.end() || !found->second.open) return;
  Wire& wire = found->second;
  drop_link(end, 0ms);
  if (!is_cut(wire.from, wire.to))
    drop_link(wire.far_end, std::max(wire.last_arrival - now_, settings_.delay_min));
}

void CoreNet::drop_link(core::LinkId end, Duration after) {
  at(now_ + after, [this, end] {
    const auto found = wires_.find(end);
    if (found == wires_.end() || !found->second.open) return;
    found->second.open = false;
    step(found->second.from, core::LinkDown{end});
  });
}

// --- the world ---------------------------------------------------------------------------------

const core::Exchange& CoreNet::exchange(Node node) const {
  return std::visit([](const auto& core) -> const core::Exchange& { return core.exchange(); },
                    *nodes_[node].core);
}

core::Snapshot CoreNet::snapshot(Node node) const {
  return std::visit([&](const auto& core) { return core.snapshot(now_); }, *nodes_[node].core);
}

core::Ledger CoreNet::true_ledger() const {
  core::Ledger ledger;
  for (Node node = 0; node < nodes_.size(); ++node) {
    if (is_up(node))
      ledger.set_own(exchange(node).journal().own());
    else if (nodes_[node].disk.own)
      ledger.set_own(*nodes_[node].disk.own);
  }
  return ledger;
}

void CoreNet::mix(std::uint64_t value) {
  trace_ = (trace_ ^ value ^ static_cast<std::uint64_t>(now_.time_since_epoch().count())) *
           1099511628211ULL;
}

}  // namespace parking::test_support
