#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "app/core/effects.hpp"
#include "tests/sim/agenda.hpp"
#include "tests/sim/machine.hpp"

namespace parking::sim {

class Simulation;

/// One TCP connection between two machines. Side 0 dialled.
struct Connection {
  enum class End : std::uint8_t { none, open, closing, closed };
  std::array<MachineIndex, 2> machine{};
  std::array<std::uint32_t, 2> life{};
  std::array<End, 2> end{};
  // By receiving side.
  std::array<Time, 2> last_arrival{};
  std::array<std::vector<std::uint32_t>, 2> on_the_way;  ///< payloads, oldest first
  std::array<std::uint32_t, 2> held_up{};                ///< deliveries that the path has stopped
  std::array<std::optional<bool>, 2> knew;  ///< that the far end's row has ended; by sending side
  Time opened = 0;
  bool registry = false;  ///< a gate's conversation with the registry, not with a peer
};

/// Connections that can be slow, held up, one-way or cut, with the real bytes on them. Within a
/// connection the order is kept, across connections it is not.
class Network {
public:
  Network(Simulation& sim) : sim_(sim) {}

  void resize(std::size_t machines);

  // What a core wants.
  void send(Machine& from, const core::Send& message);
  void close(Machine& machine, core::LinkId link);
  /// Looks whom that machine should reach and does not.
  void pursue(Machine& machine);
  /// The process is gone. `silent`: nobody is told.
  void drop_all(Machine& machine, bool silent);

  // For the registry's conversations.
  std::uint32_t open_registry(Machine& gate);
  void send_bytes(std::uint32_t connection, std::uint32_t side, std::string bytes);
  void close(std::uint32_t connection, std::uint32_t side);

  // What happens.
  void dial(Machine& from, MachineIndex to);
  void connect(std::uint32_t connection);
  /// The oldest payload that is on the way to that side. Which one a delivery was planned for does
  /// not matter: those that were held up may come after later ones.
  void deliver(std::uint32_t connection, std::uint32_t side);
  void link_down(std::uint32_t connection, std::uint32_t side);

  // Faults. Counted, so that they may overlap.
  void block(MachineIndex from, MachineIndex to, bool blocked);
  void reset(MachineIndex a, MachineIndex b);
  [[nodiscard]] bool blocked(MachineIndex from, MachineIndex to) const {
    return blocks_[from * machines_ + to] > 0;
  }
  /// Nothing was held up between these two, either way, at any time since then.
  [[nodiscard]] bool clear_since(MachineIndex a, MachineIndex b, Time since) const;
  /// Who is at the other end of it.
  /// Whoever talks on that link knew, when he took up the conversation, that the row of this end
  /// has ended.
  [[nodiscard]] bool knew_of_the_end(core::LinkId link) const;
  /// Both ends of the connection are open.
  [[nodiscard]] bool works(core::LinkId link) const;
  [[nodiscard]] const Connection& connection(std::uint32_t index) const {
    return connections_[index];
  }

private:
  void note_knowledge(const Machine& from, Connection& connection, std::uint32_t side,
                      const core::Message& message);
  static constexpr std::uint32_t end_of_stream = 0xfffffffeU;

  std::uint32_t make(MachineIndex from, MachineIndex to, bool registry);
  std::uint32_t keep(std::string bytes);
  void drop(std::uint32_t payload);
  void dial_later(Machine& from, MachineIndex to);
  void forget(Connection& connection, std::uint32_t index, std::uint32_t side);
  void tell_down(Machine& machine, std::uint32_t index, std::uint32_t side);
  void put_on_the_way(std::uint32_t index, std::uint32_t side, std::uint32_t payload);
  [[nodiscard]] std::uint32_t take_oldest(Connection& connection, std::uint32_t side);
  void hand_over(Machine& machine, std::uint32_t index, std::uint32_t side,
                 const std::string& bytes);
  void end_side(std::uint32_t index, std::uint32_t side);
  void end_far_side(std::uint32_t index, std::uint32_t side);
  void flush(std::uint32_t index, std::uint32_t side);
  void check_shown(Machine& from, const core::Message& message);
  [[nodiscard]] Time draw_delay();
  [[nodiscard]] static bool engaged(const Machine& from, const core::GateId& to);

  Simulation& sim_;
  std::size_t machines_ = 0;
  std::vector<Connection> connections_;
  std::vector<std::string> payloads_;
  std::vector<std::uint32_t> free_payloads_;
  std::vector<std::uint32_t> blocks_;
  std::vector<Time> cleared_;  ///< by pair, as `blocks_`: when it was last unblocked
};

}  // namespace parking::sim
