#pragma once

#include <filesystem>
#include <random>
#include <string>

#include "tests/faults/network.hpp"
#include "tests/faults/report.hpp"
#include "tests/faults/site.hpp"

namespace parking::faults {

/// Where a fault happens, and what faults have in common.
struct Scene {
  Site& site;
  Network& network;
  Report& report;
  std::mt19937_64& random;
  GateStation& gate;
  GateStation& other;

  [[nodiscard]] bool chance() { return random() % 2 == 0; }
  [[nodiscard]] int few(int most) { return static_cast<int>(random() % (most + 1)); }

  /// A random moment in the traffic, in the middle of whatever the cars do.
  void some_moment();
  /// Waits until another gate holds `node` for gone: its lease has run out.
  void await_gone(const std::string& node);
  /// Waits until the central service knows of as many cars as the gate.
  void await_heard();
  /// A short interruption, or one that outlasts the lease; cars come and go meanwhile.
  void last_for_a_while(const GateStation& whose);
  /// What a gate's history does not hold and may not hold is listed.
  void reconcile(GateStation& whose, core::Count may_miss_exits);
  /// The same for every gate, nothing excused.
  void reconcile_others();
  /// A crossing at `whose`, so that its store changes. Throws std::runtime_error when none
  /// succeeds.
  static void one_crossing(GateStation& whose);
};

/// The identity of the store that a gate runs with; empty when nobody answers.
std::string incarnation_of(const Station& station);
core::Count permits_of(const Station& station);
bool has_alarm(const Station& station, std::string_view code);
/// Waits until the gate admits cars.
bool await_in_service(const Station& station);

}  // namespace parking::faults
