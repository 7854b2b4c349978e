#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "tests/integration/local_link.hpp"

namespace parking::integration {

/// Drives cars through a gate by setting the sensors of its simulated board, one at a time at each
/// lane. Every action is true once the gate has taken it, false when the gate is not there.
class Driver {
public:
  explicit Driver(std::filesystem::path socket) : link_(std::move(socket)) {}

  /// The car stands before the barrier.
  bool arrive(const std::string& lane) { return cover(lane, true); }
  /// It goes away again.
  bool turn_away(const std::string& lane) { return cover(lane, false); }
  /// It drives from before the barrier to behind it.
  bool pass(const std::string& lane);
  bool set(const std::string& lane, wire::LaneSensor sensor, core::Presence presence);

  /// A whole crossing, barrier and count included; false when it was not let through.
  bool drive_in();
  bool drive_out();

  std::optional<core::LaneView> lane(const std::string& name);
  /// Waits until the lane is in that state.
  bool sees(const std::string& lane, core::LaneState state);
  /// Waits until the car there was told that it may not enter, and why.
  bool is_refused(const std::string& lane, core::RefusalReason reason);

private:
  bool cover(const std::string& lane, bool covered);

  LocalLink link_;
};

}  // namespace parking::integration
