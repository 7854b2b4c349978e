#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "app/core/gate_core.hpp"
#include "app/peer/dialer.hpp"
#include "app/peer/session.hpp"

namespace parking::peer {

/// Runs a pure machine (a gate's core or the office) on real time and real connections: feeds it
/// what happens, one input at a time, and does what it says, in the order of core::Effects.
/// Single-threaded on its executor.
class Node {
public:
  struct Machine {
    std::function<core::Effects(const core::Input&, core::Instant)> step;
    std::function<core::Instant(core::Instant)> next_wake;
    std::function<const core::Exchange&()> exchange;
  };
  struct Hooks {
    std::function<void(const std::vector<core::BarrierOutput>&)> drive;
    std::function<void(core::Record)> persist;
    std::function<void()> snapshot_changed;
    std::function<void(const std::string& why)> identity_ended;
    /// After each round of work, at least twice a second: proof that the loop works.
    std::function<void()> worked;
    /// The time of the machine is due: whoever waits for something to feed `input` with its time
    /// looks now, before time alone decides (the process may have stood still).
    std::function<void()> due;
  };

  Node(asio::any_io_executor executor, Machine machine, Hooks hooks, const core::Random& random);
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  /// Steps the machine. Returns why an operator's command was refused. An input that arises while
  /// another is worked off waits its turn.
  std::optional<std::string> input(const core::Input& input);
  /// The same for what happened before now. Time never goes back for the machine: what happened
  /// before its last step happens at that.
  std::optional<std::string> input(const core::Input& input,
                                   std::chrono::steady_clock::time_point happened);
  /// A peer has dialled in. `first`: a message that was read already, to find out who it is.
  void attach(std::shared_ptr<Session> session, const std::optional<core::Message>& first = {});
  /// Whether this node dials its peers (gates do, the office does not).
  void dial_peers(bool yes);
  /// Talks to no peer any more; the machine goes on for those who ask locally.
  void part_from_peers(const std::string& reason);
  /// Closes all connections after what was sent on them.
  void stop();

  [[nodiscard]] core::Instant now() const;

  /// Two connections to each of 64 gates may cross; anything beyond twice that is not ours.
  static constexpr std::size_t max_links = 4 * core::max_gates;

private:
  void attach(std::shared_ptr<Session> session, const core::GateId& dialled,
              const std::optional<core::Message>& first);
  /// Ends the program when a step throws: half a step may have spent a permit twice, and the store
  /// knows what is true.
  std::optional<std::string> work_off(const core::Input& input, core::Instant at) noexcept;
  std::optional<std::string> take(const core::Input& input, core::Instant at);
  [[nodiscard]] core::Effects step(const core::Input& input, core::Instant at);
  [[nodiscard]] core::Instant at(std::chrono::steady_clock::time_point time) const;
  void apply(core::Effects effects);
  void received(core::LinkId link, const std::string& payload);
  void set_timer();
  void arm_timer();
  void update_targets();

  std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
  asio::any_io_executor executor_;
  Machine machine_;
  Hooks hooks_;
  std::chrono::steady_clock::time_point start_;
  asio::steady_timer timer_;
  core::Instant wake_;                      ///< when the next Tick is due
  std::optional<core::Instant> armed_for_;  ///< when the timer ends, if it runs
  Dialer dialer_;
  bool dials_ = false;
  bool stopped_ = false;
  bool stepping_ = false;
  struct Waiting {
    core::Input input;
    core::Instant at;
  };
  std::deque<Waiting> waiting_;
  core::Instant last_step_;
  std::uint64_t last_link_ = 0;
  std::map<core::LinkId, std::shared_ptr<Session>> sessions_;
};

}  // namespace parking::peer
