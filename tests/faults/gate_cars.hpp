#pragma once

#include <atomic>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <thread>

#include "tests/faults/gate_history.hpp"
#include "tests/faults/report.hpp"
#include "tests/faults/world.hpp"
#include "tests/integration/driver.hpp"

namespace parking::faults {

enum class Drive : std::uint8_t {
  through,
  turned_back,  ///< let in, but it did not want to
  refused,
  no_car,
  gone  ///< the gate stopped answering on the way
};

/// The cars at one gate, one at a time at each lane, and the attendant who sees them all: what they
/// really did, what the gate's history says of it, and whether the two agree.
class GateCars {
public:
  GateCars(std::string gate, const std::filesystem::path& socket, World& world, Report& report,
           std::uint64_t seed);

  /// Cars come and go until `stop`, or until the gate no longer answers.
  void start();
  void stop();
  /// Cars that were let through, refused or turned away, since the beginning.
  [[nodiscard]] int moves() const { return moves_; }

  Drive enter();
  Drive leave();

  /// The operator says what became of held admissions, and each crossing is looked for in the
  /// history. `may_miss_exits`: those that a fault may have kept from being written down. The
  /// answer: how many of them are missing.
  core::Count reconcile(core::Count may_miss_exits);
  /// Crossings that are not in the history so far.
  core::Count unwritten_exits();
  core::Count unwritten_entries();
  /// Cars that drove in here minus those that drove out, with this store.
  [[nodiscard]] core::Count net_entries() const { return drove_in_ - drove_out_; }
  /// The gate has an empty store. What was done before belongs to the store that it had.
  void begin_anew();
  /// The store is a copy, with a history that was written elsewhere.
  void begin_with_copy();

private:
  void run(const std::stop_token& stop);
  std::optional<core::Snapshot> set(const std::string& lane, wire::LaneSensor sensor,
                                    core::Presence presence);
  bool pass(const std::string& lane);
  Drive drive_in(Car car);
  Drive turn_away(Car car);
  void await_written();
  void settle(core::Count times, const std::string& outcome);
  core::Count held();

  std::string gate_;
  std::filesystem::path socket_;
  World& world_;
  Report& report_;
  std::mt19937_64 random_;
  integration::LocalLink link_;
  integration::Driver driver_;
  GateHistory history_;
  std::atomic<int> moves_ = 0;
  core::Count drove_in_ = 0;
  core::Count drove_out_ = 0;
  std::jthread thread_;  ///< last: it uses the rest
};

}  // namespace parking::faults
