#pragma once

#include <functional>
#include <span>
#include <string>

#include "tests/faults/scene.hpp"

namespace parking::faults {

/// Something that goes wrong at a site, and is put right again. When it returns, everything runs,
/// the traffic stands still, and each crossing was found in a history or listed.
struct Fault {
  std::string name;
  std::function<void(Scene&)> happen;
  bool may_end_store = false;  ///< the gate may come back with another store than it had
  bool on_request = false;     ///< not always survived; see README.md
};

/// Links that fail, both ways and one way.
std::span<const Fault> network_faults();
/// Programs that die, hang, and come back.
std::span<const Fault> process_faults();
/// Stores that are truncated, restored and lost.
std::span<const Fault> store_faults();
/// Stores of which there are two.
std::span<const Fault> clone_faults();
/// Cards that fail or have no room.
std::span<const Fault> disk_faults();

}  // namespace parking::faults
