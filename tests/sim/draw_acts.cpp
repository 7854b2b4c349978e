#include <algorithm>
#include <array>

#include "tests/sim/acts.hpp"
#include "tests/sim/plan.hpp"
#include "tests/sim/rng.hpp"

namespace parking::sim {
namespace {

constexpr std::array<std::string_view, act_kinds> names{"recount", "retire", "leave", "import"};

/// Of seeds with an operator that acts; the others keep the cost of the many low.
constexpr std::uint64_t acts_permille = 350;
constexpr std::uint64_t last_recount_permille = 600;

/// A third of these seeds recounts alone, a third knows one act beside recounts, a third all.
std::array<std::uint32_t, act_kinds> draw_intensities(Rng& rng) {
  std::array<std::uint32_t, act_kinds> counts{};
  counts[0] = static_cast<std::uint32_t>(1 + rng.below(4));
  const std::uint64_t mood = rng.below(3);
  for (std::size_t kind = 1; kind < act_kinds && mood == 2; ++kind)
    counts[kind] = static_cast<std::uint32_t>(rng.below(3));
  if (mood == 1)
    counts[1 + rng.below(act_kinds - 1)] = static_cast<std::uint32_t>(1 + rng.below(3));
  return counts;
}

}  // namespace

std::string_view to_string(ActKind kind) {
  return names.at(static_cast<std::size_t>(kind));
}

void draw_acts(Plan& plan) {
  Rng rng(plan.seed * 0x9fb21c651e98df25ULL + 11);
  if (!rng.permille(acts_permille)) return;
  plan.last_recount = rng.permille(last_recount_permille);
  const auto counts = draw_intensities(rng);
  for (std::size_t kind = 0; kind < act_kinds; ++kind) {
    for (std::uint32_t i = 0; i < counts[kind]; ++i) {
      OperatorAct act;
      act.kind = static_cast<ActKind>(kind);
      // Gates are taken out early enough for a recount to follow.
      act.at = rng.between(4 * us_per_s, kind == 0 ? plan.traffic_ends : plan.traffic_ends * 2 / 3);
      act.lasts = rng.permille(300) ? rng.between(0, 400 * us_per_ms)
                                    : rng.between(2 * us_per_s, 30 * us_per_s);
      act.node = static_cast<std::uint16_t>(1 + rng.below(plan.gates.size()));
      act.other = static_cast<std::uint16_t>(1 + rng.below(plan.gates.size()));
      act.chance = rng.next();
      plan.acts.push_back(act);
    }
  }
  std::ranges::stable_sort(plan.acts, {}, &OperatorAct::at);
}

}  // namespace parking::sim
