#include "tests/sim/network.hpp"

#include <algorithm>
#include <ranges>

#include "app/wire/convert.hpp"
#include "tests/sim/simulation.hpp"
#include "tests/sim/wire_path.hpp"
#include "tests/support/shown_version.hpp"

namespace parking::sim {
namespace {

constexpr Time good_after = 6 * us_per_s;
constexpr std::uint32_t longest_step_ms = 5000;

core::LinkId link_of(std::uint32_t connection, std::uint32_t side) {
  return core::LinkId{connection * 2ULL + side + 1};
}

}  // namespace

void Network::resize(std::size_t machines) {
  std::vector<std::uint32_t> blocks(machines * machines, 0);
  std::vector<Time> cleared(machines * machines, 0);
  for (std::size_t from = 0; from < machines_; ++from)
    for (std::size_t to = 0; to < machines_; ++to) {
      blocks[from * machines + to] = blocks_[from * machines_ + to];
      cleared[from * machines + to] = cleared_[from * machines_ + to];
    }
  blocks_ = std::move(blocks);
  cleared_ = std::move(cleared);
  machines_ = machines;
  for (Machine& machine : sim_.machines()) machine.dials.resize(machines);
}

Time Network::draw_delay() {
  return sim_.rng().between(sim_.plan().delay_min, sim_.plan().delay_max);
}

std::uint32_t Network::make(MachineIndex from, MachineIndex to, bool registry) {
  Connection connection;
  connection.machine = {from, to};
  connection.life = {sim_.machine(from).life, sim_.machine(to).life};
  connection.registry = registry;
  connections_.push_back(std::move(connection));
  return static_cast<std::uint32_t>(connections_.size() - 1);
}

std::uint32_t Network::keep(std::string bytes) {
  if (free_payloads_.empty()) {
    payloads_.push_back(std::move(bytes));
    return static_cast<std::uint32_t>(payloads_.size() - 1);
  }
  const std::uint32_t place = free_payloads_.back();
  free_payloads_.pop_back();
  payloads_[place] = std::move(bytes);
  return place;
}

void Network::drop(std::uint32_t payload) {
  if (payload != end_of_stream) free_payloads_.push_back(payload);
}

// --- dialling ----------------------------------------------------------------------------------

bool Network::engaged(const Machine& from, const core::GateId& to) {
  return std::ranges::any_of(
      from.exchange().peers().links() | std::views::values,
      [&](const core::Link& link) { return link.dialled == to || link.peer == to; });
}

void Network::pursue(Machine& machine) {
  if (!machine.up() || !machine.exchange().lot_ready()) return;
  for (const core::Peer& peer : machine.exchange().peers().all() | std::views::values) {
    if (!peer.listed || peer.address.empty() || peer.link) continue;
    dial_later(machine, static_cast<MachineIndex>(std::stoul(peer.address)));
  }
}

void Network::dial_later(Machine& from, MachineIndex to) {
  DialState& dial = from.dials[to];
  if (dial.pending) return;
  dial.pending = true;
  const Time wait = sim_.rng().between(dial.step_ms / 2, dial.step_ms) * us_per_ms;
  dial.step_ms = std::min(dial.step_ms * 2, longest_step_ms);
  sim_.agenda().add(sim_.now() + wait, What::dial, from.index, from.life, to);
}

void Network::dial(Machine& from, MachineIndex to) {
  from.dials[to].pending = false;
  const Machine& target = sim_.machine(to);
  const bool wanted = std::ranges::any_of(
      from.exchange().peers().all() | std::views::values, [&](const core::Peer& peer) {
        return peer.listed && peer.address == target.address && !peer.link;
      });
  if (!wanted || engaged(from, target.name)) return;
  if (!sim_.runs(target) || blocked(from.index, to) || blocked(to, from.index)) {
    dial_later(from, to);
    return;
  }
  from.dials[to].pending = true;
  const std::uint32_t index = make(from.index, to, false);
  sim_.agenda().add(sim_.now() + 2 * draw_delay(), What::connect, index);
}

std::uint32_t Network::open_registry(Machine& gate) {
  Machine& office = sim_.machine(office_machine);
  if (!sim_.runs(office) || blocked(gate.index, office_machine) ||
      blocked(office_machine, gate.index))
    return nobody;
  const std::uint32_t index = make(gate.index, office_machine, true);
  Connection& connection = connections_[index];
  connection.end = {Connection::End::open, Connection::End::open};
  connection.opened = sim_.now();
  gate.connections.push_back(index);
  office.connections.push_back(index);
  return index;
}

void Network::connect(std::uint32_t index) {
  const auto [from, to] = connections_[index].machine;
  Machine& caller = sim_.machine(from);
  Machine& called = sim_.machine(to);
  if (!caller.up() || caller.life != connections_[index].life[0]) return;
  caller.dials[to].pending = false;
  const bool answered = sim_.runs(called) && called.life == connections_[index].life[1] &&
                        !blocked(from, to) && !blocked(to, from);
  if (!answered) {
    dial_later(caller, to);
    return;
  }
  if (engaged(caller, called.name)) return;
  connections_[index].end = {Connection::End::open, Connection::End::open};
  connections_[index].opened = sim_.now();
  caller.connections.push_back(index);
  called.connections.push_back(index);
  if (sim_.tracing()) sim_.log(caller.name.text() + " connects to " + called.name.text());
  const std::uint32_t life = caller.life;
  sim_.step(called, core::LinkUp{link_of(index, 1), {}});
  if (caller.up() && caller.life == life && connections_[index].end[0] == Connection::End::open)
    sim_.step(caller, core::LinkUp{link_of(index, 0), called.name});
}

// --- messages ----------------------------------------------------------------------------------

void Network::check_shown(Machine& from, const core::Message& message) {
  const core::Remembered& stable = from.disk.stable();
  const core::Version durable = stable.own ? stable.own->version : 0;
  if (test_support::version_in(message, stable.incarnation) > durable)
    sim_.violate("shown before durable",
                 from.name.text() + " sent a version of its row that a crash can undo");
}

void Network::send(Machine& from, const core::Send& message) {
  const auto link = static_cast<std::uint64_t>(message.link) - 1;
  const auto index = static_cast<std::uint32_t>(link / 2);
  const auto side = static_cast<std::uint32_t>(link % 2);
  if (connections_[index].end[side] != Connection::End::open) return;
  check_shown(from, message.message);
  note_knowledge(from, connections_[index], side, message.message);
  ++sim_.outcome().messages;
  if (sim_.tracing())
    sim_.log(from.name.text() + " -> " +
             sim_.machine(connections_[index].machine[1 - side]).name.text() + " " +
             describe(message.message));
  send_bytes(index, side, encode(message.message, from));
}

void Network::send_bytes(std::uint32_t index, std::uint32_t side, std::string bytes) {
  Connection& connection = connections_[index];
  if (connection.end[side] != Connection::End::open) return;
  sim_.mix(index * 64 + bytes.size());
  // The exchange mends what is lost; the registry relies on its connection, as TCP lets it.
  if (sim_.plan().loss_permille > 0 && !connection.registry && !sim_.healing() &&
      sim_.rng().permille(sim_.plan().loss_permille))
    return;
  put_on_the_way(index, 1 - side, keep(std::move(bytes)));
}

void Network::put_on_the_way(std::uint32_t index, std::uint32_t side, std::uint32_t payload) {
  Connection& connection = connections_[index];
  connection.on_the_way[side].push_back(payload);
  Time& last = connection.last_arrival[side];
  last = std::max(last, sim_.now() + draw_delay());
  sim_.agenda().add(last, What::deliver, index, side);
}

std::uint32_t Network::take_oldest(Connection& connection, std::uint32_t side) {
  std::vector<std::uint32_t>& queue = connection.on_the_way[side];
  if (queue.empty()) return end_of_stream;
  const std::uint32_t oldest = queue.front();
  queue.erase(queue.begin());
  return oldest;
}

void Network::deliver(std::uint32_t index, std::uint32_t side) {
  Connection& connection = connections_[index];
  const MachineIndex to = connection.machine[side];
  const MachineIndex from = connection.machine[1 - side];
  if (connection.end[side] != Connection::End::open) {
    // A machine that is up again says so when it hears of a connection that it does not know.
    if (!blocked(from, to) && sim_.runs(sim_.machine(to))) end_far_side(index, 1 - side);
    drop(take_oldest(connection, side));
    return;
  }
  if (blocked(from, to)) {
    ++connection.held_up[side];
    return;
  }
  Machine& machine = sim_.machine(to);
  if (sim_.now() < machine.paused_until) {
    sim_.agenda().add(machine.paused_until, What::deliver, index, side);
    return;
  }
  const std::uint32_t payload = take_oldest(connection, side);
  if (payload == end_of_stream) return end_side(index, side);
  hand_over(machine, index, side, payloads_[payload]);
  drop(payload);
}

void Network::hand_over(Machine& machine, std::uint32_t index, std::uint32_t side,
                        const std::string& bytes) {
  const Connection& connection = connections_[index];
  if (connection.registry && side == 1) return sim_.service().received(index, bytes);
  if (connection.registry) return sim_.registrar().received(machine, index, bytes);
  auto message = wire::decode(bytes);
  if (!message) {
    sim_.violate("not understood", machine.name.text() + ": " + message.error().text);
    return;
  }
  if (const auto* done = std::get_if<core::OrderDone>(&*message);
      done && machine.index == office_machine)
    sim_.the_operator().settlement().answered(sim_.machine(connection.machine[1 - side]), *done);
  sim_.step(machine, core::Received{link_of(index, side), std::move(*message)});
}

// --- ends --------------------------------------------------------------------------------------

void Network::close(Machine&, core::LinkId link) {
  const auto number = static_cast<std::uint64_t>(link) - 1;
  close(static_cast<std::uint32_t>(number / 2), static_cast<std::uint32_t>(number % 2));
}

void Network::close(std::uint32_t index, std::uint32_t side) {
  Connection& connection = connections_[index];
  if (connection.end[side] != Connection::End::open) return;
  connection.end[side] = Connection::End::closing;
  sim_.agenda().add(sim_.now(), What::link_down, index, side);
  end_far_side(index, 1 - side);
}

void Network::end_far_side(std::uint32_t index, std::uint32_t side) {
  if (connections_[index].end[side] != Connection::End::open) return;
  put_on_the_way(index, side, end_of_stream);
}

void Network::link_down(std::uint32_t index, std::uint32_t side) {
  const Connection& connection = connections_[index];
  if (connection.end[side] == Connection::End::closed) return;
  const Machine& machine = sim_.machine(connection.machine[side]);
  if (sim_.now() < machine.paused_until) {
    sim_.agenda().add(machine.paused_until, What::link_down, index, side);
    return;
  }
  end_side(index, side);
}

void Network::end_side(std::uint32_t index, std::uint32_t side) {
  forget(connections_[index], index, side);
  end_far_side(index, 1 - side);
  tell_down(sim_.machine(connections_[index].machine[side]), index, side);
}

void Network::forget(Connection& connection, std::uint32_t index, std::uint32_t side) {
  connection.end[side] = Connection::End::closed;
  for (const std::uint32_t payload : connection.on_the_way[side]) drop(payload);
  connection.on_the_way[side].clear();
  connection.held_up[side] = 0;
  std::erase(sim_.machine(connection.machine[side]).connections, index);
}

void Network::tell_down(Machine& machine, std::uint32_t index, std::uint32_t side) {
  if (!machine.up()) return;
  const Connection& connection = connections_[index];
  if (connection.registry) {
    if (side == 1)
      sim_.service().closed(index);
    else
      sim_.registrar().closed(machine, index);
    return;
  }
  const MachineIndex other = connection.machine[1 - side];
  if (sim_.now() - connection.opened >= good_after) machine.dials[other].step_ms = 100;
  sim_.step(machine, core::LinkDown{link_of(index, side)});
  if (machine.up()) pursue(machine);
}

void Network::drop_all(Machine& machine, bool silent) {
  const std::vector<std::uint32_t> connections = machine.connections;
  for (const std::uint32_t index : connections) {
    Connection& connection = connections_[index];
    const std::uint32_t side = connection.machine[0] == machine.index ? 0 : 1;
    forget(connection, index, side);
    if (!silent) end_far_side(index, 1 - side);
  }
  for (DialState& dial : machine.dials) dial = {};
}

// --- faults ------------------------------------------------------------------------------------

void Network::block(MachineIndex from, MachineIndex to, bool yes) {
  if (from == to) return;
  std::uint32_t& count = blocks_[from * machines_ + to];
  if (yes) {
    ++count;
    return;
  }
  if (count == 0 || --count > 0) return;
  cleared_[from * machines_ + to] = sim_.now();
  const std::vector<std::uint32_t> connections = sim_.machine(to).connections;
  for (const std::uint32_t index : connections) {
    const Connection& connection = connections_[index];
    for (const std::uint32_t side : {0U, 1U})
      if (connection.machine[side] == to && connection.machine[1 - side] == from)
        flush(index, side);
  }
}

void Network::flush(std::uint32_t index, std::uint32_t side) {
  Connection& connection = connections_[index];
  for (std::uint32_t held_up = std::exchange(connection.held_up[side], 0); held_up > 0; --held_up) {
    Time& last = connection.last_arrival[side];
    last = std::max(last, sim_.now() + draw_delay());
    sim_.agenda().add(last, What::deliver, index, side);
  }
}

bool Network::clear_since(MachineIndex a, MachineIndex b, Time since) const {
  return !blocked(a, b) && !blocked(b, a) && cleared_[a * machines_ + b] < since &&
         cleared_[b * machines_ + a] < since;
}

bool Network::knew_of_the_end(core::LinkId link) const {
  const std::uint64_t number = static_cast<std::uint64_t>(link) - 1;
  return connections_[number / 2].knew[1 - number % 2].value_or(false);
}

// Who calls says hello before he knows whom he will reach.
void Network::note_knowledge(const Machine& from, Connection& connection, std::uint32_t side,
                             const core::Message& message) {
  if (connection.knew[side] || std::holds_alternative<core::Hello>(message)) return;
  const core::Incarnation row = sim_.machine(connection.machine[1 - side]).incarnation();
  const core::Ledger& ledger = from.exchange().ledger();
  connection.knew[side] = ledger.is_frozen(row) || ledger.is_closed(row);
}

bool Network::works(core::LinkId link) const {
  const Connection& connection = connections_[(static_cast<std::uint64_t>(link) - 1) / 2];
  return connection.end[0] == Connection::End::open && connection.end[1] == Connection::End::open;
}

void Network::reset(MachineIndex a, MachineIndex b) {
  const std::vector<std::uint32_t> connections = sim_.machine(a).connections;
  for (const std::uint32_t index : connections) {
    const Connection& connection = connections_[index];
    const std::uint32_t side = connection.machine[0] == a ? 0 : 1;
    if (connection.machine[1 - side] == b) close(index, side);
  }
}

}  // namespace parking::sim
