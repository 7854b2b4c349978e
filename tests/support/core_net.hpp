#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "app/core/gate_core.hpp"
#include "discovery/office.hpp"

namespace parking::test_support {

/// A car park in virtual time: several gates and their office, the real cores, over a network and
/// disks that delay and fail as a seed says. Each gate has one entry lane (0) and one exit lane
/// (1). Cars are counted in the world, by what they do at the barriers, not by any ledger.
class CoreNet {
public:
  static constexpr std::size_t entry_lane = 0;
  static constexpr std::size_t exit_lane = 1;

  struct Settings {
    std::uint64_t seed = 1;
    std::size_t gates = 3;
    core::Count capacity = 3;
    core::Duration delay_min{1};
    core::Duration delay_max{10};
    int loss_percent = 0;
    core::Duration disk_min{1};
    core::Duration disk_max{5};
  };
  /// Node 0 is the office, 1.. are the gates "g1", "g2", ...
  using Node = std::size_t;
  static constexpr Node office = 0;

  explicit CoreNet(Settings settings);

  [[nodiscard]] core::Instant now() const { return now_; }
  void run_for(core::Duration duration);
  /// Runs until `done` or `limit` has passed; returns whether it became true.
  bool run_until(const std::function<bool()>& done, core::Duration limit);
  /// Starts everything, and lets the office create and hand out the lot.
  void open_for_business();

  // The world.
  /// A car comes to the entry of that gate (one at a time: false while another one is there).
  bool car_comes(Node gate);
  /// The waiting car gives up; nothing happens when the barrier is open already.
  void car_gives_up(Node gate);
  /// A car from inside drives to the exit; false when there is none, or one is there already.
  bool car_leaves(Node gate);
  [[nodiscard]] bool car_at_entry(Node gate) const;
  /// Cars that are in, and those in front of a barrier that was opened for them.
  [[nodiscard]] core::Count inside_and_let_in() const;
  [[nodiscard]] core::Count inside() const { return inside_; }
  [[nodiscard]] core::Count most_ever() const { return most_ever_; }

  // Faults.
  void cut(Node a, Node b);
  void heal(Node a, Node b);
  void heal_all();
  /// Whatever `from` says to `to` comes so much later, in its order.
  void slow(Node from, Node to, core::Duration by) { slow_[{from, to}] = by; }
  void set_loss(int percent) { settings_.loss_percent = percent; }
  void crash(Node node);
  void restart(Node node);
  [[nodiscard]] bool is_up(Node node) const { return bool(nodes_[node].core); }
  /// What the disk of that node has; for restoring an old copy of it later.
  [[nodiscard]] core::Remembered disk(Node node) const { return nodes_[node].disk; }
  void replace_disk(Node node, core::Remembered disk) { nodes_[node].disk = std::move(disk); }
  /// A new, empty store with a new incarnation; the former one is superseded in every later list.
  void renew_store(Node node);
  /// An operator's command at that node; why it was refused, or nothing.
  std::string command(Node node, const core::Input& input);
  /// A gate of that lot asks the registry, which refuses it and tells the office.
  void ask_from_lot(core::LotId lot);
  /// The office's disk is lost: it starts with an empty one.
  void lose_office_store();
  /// A car passes the entry without being let in.
  bool tailgate(Node gate);
  /// The operator looks at each lane and settles what is held as it was.
  void settle_truthfully();

  [[nodiscard]] const core::Exchange& exchange(Node node) const;
  [[nodiscard]] core::Snapshot snapshot(Node node) const;
  [[nodiscard]] std::size_t nodes() const { return nodes_.size(); }
  /// Why the core of that node said its store has ended; empty when it did not.
  [[nodiscard]] const std::string& ended(Node node) const { return nodes_[node].ended; }
  /// Rows as their owners' disks and memories have them, merged: the true state of the ledger.
  [[nodiscard]] core::Ledger true_ledger() const;
  /// Times a core wanted to be woken at once again, without anything left to do.
  [[nodiscard]] int spins() const { return spins_; }
  /// Rows sent and entries opened that a crash of the sender could still have undone.
  [[nodiscard]] int undone_by_a_crash() const { return undone_by_a_crash_; }
  /// A digest of every barrier, record and message so far: same seed, same trace.
  [[nodiscard]] std::uint64_t trace() const { return trace_; }
  [[nodiscard]] std::uint64_t draw(std::uint64_t below) { return random_() % below; }

private:
  using Core = std::variant<core::GateCore, discovery::Office>;
  struct Way {
    bool car = false;
    bool driving = false;  ///< the barrier was opened for the car; nothing stops it now
    bool barrier_open = false;
    core::Presence approach = core::Presence::clear;
    core::Presence passage = core::Presence::clear;
  };
  struct Machine {
    core::RowOwner self;
    std::vector<core::Incarnation> former;  ///< superseded stores of this gate
    std::unique_ptr<Core> core;
    std::uint64_t life = 0;
    core::Remembered disk;
    core::Instant disk_free{};
    Way in;
    Way out;
    std::string ended;
    core::Instant wake = core::Instant::max();
    core::Count crossed_in = 0;
  };
  struct Wire {
    Node from = 0;
    Node to = 0;
    core::LinkId far_end{};
    bool dialled = false;
    bool open = true;
    core::Instant last_arrival{};
  };

  void at(core::Instant when, std::function<void()> what);
  void step(Node node, const core::Input& input);
  void obey(Node node, core::Effects effects);
  void output(Node node, const core::BarrierOutput& output);
  void store(Node node, core::Record record);
  void send(const core::Send& send);
  void close(core::LinkId end);
  void dial_missing();
  void rewake(Node node);
  void sensor(Node node, std::size_t lane, core::LaneInput which, core::Presence presence);
  void drive_if_open(Node node, std::size_t lane);
  void drop_link(core::LinkId end, core::Duration after);
  void dial(Node from, Node to);
  void tell_list(Node node);
  void mix(std::uint64_t value);
  [[nodiscard]] core::Duration between(core::Duration low, core::Duration high);
  [[nodiscard]] bool is_cut(Node a, Node b) const;
  [[nodiscard]] core::PeerList list() const;
  [[nodiscard]] discovery::Office* office_core();

  Settings settings_;
  std::mt19937_64 random_;
  core::Instant now_{};
  std::uint64_t sequence_ = 0;
  std::map<std::pair<core::Instant, std::uint64_t>, std::function<void()>> agenda_;
  std::vector<Machine> nodes_;
  std::map<core::LinkId, Wire> wires_;
  std::uint64_t next_link_ = 1;
  std::set<std::pair<Node, Node>> cuts_;
  std::map<std::pair<Node, Node>, core::Duration> slow_;
  core::Count inside_ = 0;
  core::Count most_ever_ = 0;
  std::uint64_t trace_ = 0;
  int spins_ = 0;
  int undone_by_a_crash_ = 0;
};

}  // namespace parking::test_support
