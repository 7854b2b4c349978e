#include "tests/sim/shrink.hpp"

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <utility>

#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

Places all_places(std::size_t size) {
  Places places(size);
  std::iota(places.begin(), places.end(), std::size_t{0});
  return places;
}

/// Not set when it is the whole list.
void spare(std::optional<Places>& places, std::size_t whole) {
  if (places->size() == whole) places.reset();
}

class Shrinker {
public:
  Shrinker(const Plan& whole, std::string rule, std::size_t most_runs)
      : whole_(whole), rule_(std::move(rule)), most_runs_(most_runs) {
    kept_.cars = all_places(whole.cars.size());
    kept_.faults = all_places(whole.faults.size());
    kept_.acts = all_places(whole.acts.size());
  }

  Shrunk work() {
    // What needs many cars in the way needs them less once the faults are few, and the reverse.
    for (std::size_t before = size() + 1; size() < before;) {
      before = size();
      thin_out(&Kept::faults);
      thin_out(&Kept::acts);
      thin_out(&Kept::cars);
    }
    drop_gates();
    simplify();
    spare(kept_.cars, whole_.cars.size());
    spare(kept_.faults, whole_.faults.size());
    spare(kept_.acts, whole_.acts.size());
    return {keep(whole_, kept_), kept_, runs_};
  }

private:
  [[nodiscard]] std::size_t size() const {
    return kept_.faults->size() + kept_.acts->size() + kept_.cars->size();
  }

  bool still_breaks(const Kept& smaller) {
    if (runs_ >= most_runs_) return false;
    ++runs_;
    const Outcome outcome = Simulation(keep(whole_, smaller)).run();
    return outcome.violation && outcome.violation->rule == rule_;
  }

  bool take_if_breaks(Kept smaller) {
    if (!still_breaks(smaller)) return false;
    kept_ = std::move(smaller);
    return true;
  }

  /// Takes away runs of elements, long ones first.
  void thin_out(std::optional<Places> Kept::* list) {
    for (std::size_t length = (kept_.*list)->size(); length > 0; length /= 2) {
      for (std::size_t at = 0; at < (kept_.*list)->size();) {
        Kept smaller = kept_;
        Places& places = *(smaller.*list);
        const std::size_t end = std::min(at + length, places.size());
        places.erase(places.begin() + static_cast<std::ptrdiff_t>(at),
                     places.begin() + static_cast<std::ptrdiff_t>(end));
        if (!take_if_breaks(std::move(smaller))) at += length;
      }
    }
  }

  void drop_gates() {
    for (std::size_t left = whole_.gates.size(); left > 1;) {
      Kept smaller = kept_;
      smaller.gates = --left;
      forget_what_is_elsewhere(smaller);
      if (!take_if_breaks(std::move(smaller))) return;
    }
  }

  /// What concerns gates that are not there is not in the plan: nor need it be named.
  void forget_what_is_elsewhere(Kept& kept) const {
    const std::size_t left = *kept.gates;
    std::erase_if(*kept.faults, [&](std::size_t at) { return whole_.faults[at].node > left; });
    std::erase_if(*kept.acts, [&](std::size_t at) {
      return whole_.acts[at].node > left || whole_.acts[at].other > left;
    });
    std::erase_if(*kept.cars, [&](std::size_t at) {
      return whole_.cars[at].gate > left || whole_.cars[at].exit_gate > left;
    });
  }

  void simplify() {
    const bool drifts = std::ranges::any_of(whole_.gates, [](const GatePlan& gate) {
      return gate.drift_ppm != 0 || gate.newer_version;
    });
    Kept smaller = kept_;
    smaller.no_loss = true;
    if (whole_.loss_permille > 0) take_if_breaks(std::move(smaller));
    smaller = kept_;
    smaller.plain_gates = true;
    if (drifts) take_if_breaks(std::move(smaller));
  }

  const Plan& whole_;
  Kept kept_;
  std::string rule_;
  std::size_t most_runs_;
  std::size_t runs_ = 0;
};

std::string seconds(Time time) {
  char text[32];
  (void)std::snprintf(text, sizeof text, "%.3f s", static_cast<double>(time) / us_per_s);
  return text;
}

}  // namespace

Shrunk shrink(const Plan& plan, const std::string& rule, std::size_t most_runs) {
  return Shrinker(plan, rule, most_runs).work();
}

std::string describe(const Plan& plan) {
  std::string text = std::to_string(plan.gates.size()) + " gates, capacity " +
                     std::to_string(plan.capacity) + ", " + std::to_string(plan.cars.size()) +
                     " cars, " + std::to_string(plan.faults.size()) + " faults, " +
                     std::to_string(plan.acts.size()) + " acts, traffic until " +
                     seconds(plan.traffic_ends) + "\n";
  for (const Fault& fault : plan.faults)
    text += "  " + seconds(fault.at) + "  " + std::string(to_string(fault.kind)) + " node " +
            std::to_string(fault.node) + " other " + std::to_string(fault.other) + " value " +
            std::to_string(fault.value) + " for " + seconds(fault.lasts) + "\n";
  for (const OperatorAct& act : plan.acts)
    text += "  " + seconds(act.at) + "  " + std::string(to_string(act.kind)) + " node " +
            std::to_string(act.node) + " other " + std::to_string(act.other) + " chance " +
            std::to_string(act.chance) + ", back after " + seconds(act.lasts) + "\n";
  if (plan.last_recount) text += "  a last recount\n";
  return text;
}

}  // namespace parking::sim
