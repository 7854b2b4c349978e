#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "app/core/types.hpp"
#include "tests/sim/acts.hpp"
#include "tests/sim/agenda.hpp"

namespace parking::sim {

/// What a command line asks of each seed.
struct Wishes {
  std::size_t gates_min = 3;
  std::size_t gates_max = 8;
  std::size_t cars = 150;
  bool faults = true;
  /// Makes the world itself oversell once, so that the checks and the shrinker can be tested.
  bool plant_failure = false;
  bool real_store = false;  ///< in every seed, and not in one of fifty
};

enum class FaultKind : std::uint8_t {
  reset,            ///< connections of a pair end at once; redialled when it is over
  stall,            ///< a pair's messages are held up, both ways
  one_way,          ///< only those from node to other
  partition,        ///< node is alone; held up, and no call gets through
  crash,            ///< the process or the machine ends, and starts again after `lasts`
  crash_at_effect,  ///< the same, between two effects: after `value` more of them
  pause,            ///< the process does not run
  clock_jump,       ///< the node's monotonic clock goes forward by `value` ms
  slow_disk,        ///< a commit takes up to `value` ms
  disk_error,       ///< the next sync fails: only a restart helps
  disk_full,        ///< nothing can be written until it is over
  torn_write,       ///< crash while a commit is being written; the store may be unreadable
  lose_store,       ///< crash, and the store is gone
  restore_store,    ///< crash, and an older copy of the store is put back
  clone_store,      ///< a copy of the store runs beside the original
  stop_gate,        ///< the gate withdraws, ends, and comes back after `lasts`
  miss_edge,     ///< the next `value` changes of one sensor are not seen; other: lane * 2 + sensor
  phantom,       ///< a sensor sees what is not there
  bounce,        ///< a sensor flickers
  sensor_fault,  ///< a sensor gives no reading
  hold_entries,  ///< the operator stops the entries of a gate for a while
  set_capacity,  ///< the operator changes the lot's capacity to `value`
  count
};
inline constexpr std::size_t fault_kinds = static_cast<std::size_t>(FaultKind::count);
std::string_view to_string(FaultKind kind);

struct Fault {
  Time at = 0;
  Time lasts = 0;
  FaultKind kind = FaultKind::reset;
  std::uint16_t node = 0;   ///< 0: the office, 1..: gates
  std::uint16_t other = 0;  ///< another node, or lane * 2 + sensor
  std::uint32_t value = 0;
};

enum class Habit : std::uint8_t {
  plain,
  tailgates,   ///< drives in behind another car without waiting
  backs_out,   ///< lets the barrier open and goes away
  rolls_back,  ///< covers the passage sensor and goes back
  bumper,      ///< follows so close that the approach never clears
  count
};

struct CarPlan {
  Time arrives = 0;
  Time patience = 0;  ///< 0: comes after everything is healed, and waits for as long as it takes
  Time stays = 0;     ///< 0: until the end
  std::uint16_t gate = 1;
  std::uint16_t exit_gate = 1;
  Habit habit = Habit::plain;
  std::uint16_t gap_permille = 0;  ///< of a follower: its gap to the car before, against `merge`
};

struct GatePlan {
  bool has_entry = true;
  bool has_exit = true;
  bool holds_barrier = false;  ///< the barrier falls when the program ends
  bool newer_version = false;  ///< its rows carry a field that nobody else knows
  Time joins = 0;
  std::int64_t drift_ppm = 0;
  core::Duration merge{300};
  core::Duration pass_window{2000};
  core::Duration repeat{3000};
};

/// One seed's whole scenario. Everything that a shrinker may take away stands in a list.
struct Plan {
  std::uint64_t seed = 1;
  core::Count capacity = 10;
  std::vector<GatePlan> gates;  ///< of node 1, 2, ...
  Time delay_min = 500;
  Time delay_max = 5000;
  std::uint32_t loss_permille = 0;  ///< messages that vanish although the connection lives
  Time disk_min = 500;
  Time disk_max = 4000;
  Time traffic_ends = 0;
  std::vector<CarPlan> cars;
  std::vector<Fault> faults;
  std::vector<OperatorAct> acts;
  bool last_recount = false;  ///< once everything is mended
  bool plant_failure = false;
  bool real_store = false;  ///< the product's own stores, on disks that forget
};

/// Adds what befalls the office's own store, in some of the seeds.
void draw_office_faults(Plan& plan);

/// The same seed and wishes give the same plan.
Plan draw_plan(std::uint64_t seed, const Wishes& wishes);

}  // namespace parking::sim
