#include <algorithm>
#include <array>

#include "tests/sim/plan.hpp"
#include "tests/sim/rng.hpp"

namespace parking::sim {
namespace {

constexpr std::array<std::string_view, fault_kinds> names{
    "reset",      "stall",         "one_way",      "partition",   "crash",     "crash_at_effect",
    "pause",      "clock_jump",    "slow_disk",    "disk_error",  "disk_full", "torn_write",
    "lose_store", "restore_store", "clone_store",  "stop_gate",   "miss_edge", "phantom",
    "bounce",     "sensor_fault",  "hold_entries", "set_capacity"};

/// What the real stores cost, they may cost one seed in so many.
constexpr std::uint64_t real_store_every = 50;

/// Each seventh seed is calm, each third knows one kind of fault alone, the others know many.
std::array<std::uint32_t, fault_kinds> draw_intensities(Rng& rng) {
  std::array<std::uint32_t, fault_kinds> weights{};
  const std::uint64_t mood = rng.below(21);
  if (mood < 3) return weights;
  if (mood < 10) {
    weights[rng.below(fault_kinds)] = static_cast<std::uint32_t>(2 + rng.below(8));
    return weights;
  }
  for (std::uint32_t& weight : weights)
    if (rng.permille(400)) weight = static_cast<std::uint32_t>(1 + rng.below(4));
  return weights;
}

void draw_gates(Plan& plan, Rng& rng, const Wishes& wishes) {
  const bool many = plan.seed % 200 == 0;
  const auto count =
      many ? 50U
           : static_cast<std::size_t>(rng.between(static_cast<std::int64_t>(wishes.gates_min),
                                                  static_cast<std::int64_t>(wishes.gates_max)));
  const bool drifts = rng.permille(300);
  const bool skewed = rng.permille(250);
  const bool one_sided = rng.permille(300);
  for (std::size_t i = 0; i < count; ++i) {
    GatePlan gate;
    if (one_sided && i > 0) {
      gate.has_entry = rng.permille(700);
      gate.has_exit = !gate.has_entry || rng.permille(600);
    }
    gate.holds_barrier = rng.permille(300);
    gate.newer_version = skewed && rng.permille(400);
    if (drifts) gate.drift_ppm = rng.between(-50'000, 50'000);
    if (rng.permille(100)) gate.joins = rng.between(0, 20 * us_per_s);
    gate.merge = core::Duration{rng.between(150, 500)};
    gate.pass_window = core::Duration{rng.between(1500, 4000)};
    plan.gates.push_back(gate);
  }
  plan.gates[0].has_entry = plan.gates[0].has_exit = true;
  plan.gates[0].joins = 0;
}

std::uint16_t draw_gate(const Plan& plan, Rng& rng, bool GatePlan::*wanted) {
  for (;;) {
    const std::uint64_t i = rng.below(plan.gates.size());
    if (plan.gates[i].*wanted) return static_cast<std::uint16_t>(i + 1);
  }
}

Habit draw_habit(Rng& rng, bool wild) {
  if (!wild || rng.permille(850)) return Habit::plain;
  return static_cast<Habit>(1 + rng.below(static_cast<std::uint64_t>(Habit::count) - 1));
}

void draw_cars(Plan& plan, Rng& rng, const Wishes& wishes, bool wild) {
  const Time stay_max = rng.between(2, 7) * us_per_s;
  const std::uint64_t stay_on_permille = rng.permille(500) ? rng.below(100) : 0;
  const std::size_t late = std::min<std::size_t>(6, wishes.cars / 10);
  plan.capacity = rng.between(1, 4 + static_cast<std::int64_t>(wishes.cars) / 4);
  // Lanes are busy and not jammed: a car takes one about 0.7 s.
  plan.traffic_ends = static_cast<Time>(wishes.cars) * 1200 * us_per_ms /
                          static_cast<Time>(std::clamp<std::size_t>(plan.gates.size(), 3, 10)) +
                      5 * us_per_s;
  for (std::size_t i = 0; i < wishes.cars; ++i) {
    CarPlan car;
    car.arrives = rng.between(2 * us_per_s, plan.traffic_ends);
    car.patience = rng.between(1, 6) * us_per_s;
    car.stays = rng.permille(stay_on_permille) ? 0 : rng.between(us_per_s, stay_max);
    car.gate = draw_gate(plan, rng, &GatePlan::has_entry);
    car.exit_gate = draw_gate(plan, rng, &GatePlan::has_exit);
    car.habit = draw_habit(rng, wild);
    // Clearly below `merge`, or clearly above it: what lies between is not for a test to know.
    car.gap_permille = static_cast<std::uint16_t>(rng.permille(400) ? rng.between(100, 600)
                                                                    : rng.between(1600, 2500));
    if (i < late) {
      car.patience = 0;
      car.stays = us_per_s / 2;
      car.habit = Habit::plain;
    }
    plan.cars.push_back(car);
  }
  std::ranges::sort(plan.cars, {}, &CarPlan::arrives);
}

bool office_only_restarts(FaultKind kind) {
  return kind == FaultKind::lose_store || kind == FaultKind::restore_store ||
         kind == FaultKind::clone_store || kind == FaultKind::stop_gate ||
         kind == FaultKind::torn_write;
}

bool needs_lane(FaultKind kind) {
  return kind == FaultKind::miss_edge || kind == FaultKind::phantom || kind == FaultKind::bounce ||
         kind == FaultKind::sensor_fault || kind == FaultKind::hold_entries;
}

std::uint32_t draw_value(FaultKind kind, Rng& rng) {
  switch (kind) {
    case FaultKind::crash_at_effect:
      return static_cast<std::uint32_t>(rng.below(30));
    case FaultKind::clock_jump:
      return static_cast<std::uint32_t>(rng.between(100, 20'000));
    case FaultKind::slow_disk:
      return static_cast<std::uint32_t>(rng.between(20, 1500));
    default:
      return static_cast<std::uint32_t>(1 + rng.below(3));
  }
}

Time draw_length(FaultKind kind, Rng& rng) {
  switch (kind) {
    case FaultKind::crash:
    case FaultKind::crash_at_effect:
    case FaultKind::torn_write:
    case FaultKind::lose_store:
    case FaultKind::restore_store:
      return rng.between(50 * us_per_ms, rng.permille(200) ? 20 * us_per_s : 3 * us_per_s);
    case FaultKind::phantom:
    case FaultKind::bounce:
      return rng.between(5 * us_per_ms, 1500 * us_per_ms);
    case FaultKind::pause:
      return rng.between(50 * us_per_ms, 8 * us_per_s);
    default:
      return rng.between(200 * us_per_ms, 15 * us_per_s);
  }
}

void draw_faults(Plan& plan, Rng& rng) {
  const auto weights = draw_intensities(rng);
  for (std::size_t kind = 0; kind < fault_kinds; ++kind) {
    for (std::uint32_t i = 0; i < weights[kind]; ++i) {
      Fault fault;
      fault.kind = static_cast<FaultKind>(kind);
      fault.at = rng.between(us_per_s, plan.traffic_ends);
      fault.lasts = draw_length(fault.kind, rng);
      fault.node = static_cast<std::uint16_t>(rng.below(plan.gates.size() + 1));
      if ((office_only_restarts(fault.kind) || needs_lane(fault.kind)) && fault.node == 0)
        fault.node = 1;
      fault.other = static_cast<std::uint16_t>(
          needs_lane(fault.kind) ? rng.below(4) : rng.below(plan.gates.size() + 1));
      fault.value = draw_value(fault.kind, rng);
      if (fault.kind == FaultKind::set_capacity)
        fault.value = static_cast<std::uint32_t>(rng.between(1, 2 * plan.capacity));
      plan.faults.push_back(fault);
    }
  }
  std::ranges::stable_sort(plan.faults, {}, &Fault::at);
}

}  // namespace

std::string_view to_string(FaultKind kind) {
  return names.at(static_cast<std::size_t>(kind));
}

Plan draw_plan(std::uint64_t seed, const Wishes& wishes) {
  Rng rng(seed * 0x2545f4914f6cdd1dULL + 1);
  Plan plan;
  plan.seed = seed;
  plan.plant_failure = wishes.plant_failure;
  plan.real_store = wishes.real_store || seed % real_store_every == real_store_every - 1;
  draw_gates(plan, rng, wishes);
  const bool wild = wishes.faults && rng.permille(500);
  draw_cars(plan, rng, wishes, wild);
  plan.delay_max = rng.permille(300) ? rng.between(5, 120) * us_per_ms : 5 * us_per_ms;
  plan.disk_max = rng.permille(300) ? rng.between(4, 60) * us_per_ms : 4 * us_per_ms;
  if (!wishes.faults) return plan;
  if (rng.permille(200)) plan.loss_permille = static_cast<std::uint32_t>(rng.between(5, 150));
  draw_faults(plan, rng);
  draw_office_faults(plan);
  draw_acts(plan);
  return plan;
}

}  // namespace parking::sim
