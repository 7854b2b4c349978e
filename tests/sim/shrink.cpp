#include "tests/sim/shrink.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

class Shrinker {
public:
  Shrinker(Plan plan, std::string rule, std::size_t most_runs)
      : plan_(std::move(plan)), rule_(std::move(rule)), most_runs_(most_runs) {}

  Shrunk work() {
    // What needs many cars in the way needs them less once the faults are few, and the reverse.
    for (std::size_t before = size() + 1; size() < before;) {
      before = size();
      thin_out(&Plan::faults);
      thin_out(&Plan::acts);
      thin_out(&Plan::cars);
    }
    drop_gates();
    simplify();
    return {std::move(plan_), runs_};
  }

private:
  [[nodiscard]] std::size_t size() const {
    return plan_.faults.size() + plan_.acts.size() + plan_.cars.size();
  }

  bool still_breaks(const Plan& plan) {
    if (runs_ >= most_runs_) return false;
    ++runs_;
    const Outcome outcome = Simulation(plan).run();
    return outcome.violation && outcome.violation->rule == rule_;
  }

  bool take_if_breaks(Plan smaller) {
    if (!still_breaks(smaller)) return false;
    plan_ = std::move(smaller);
    return true;
  }

  /// Takes away runs of elements, long ones first.
  template <typename Element>
  void thin_out(std::vector<Element> Plan::*list) {
    for (std::size_t length = (plan_.*list).size(); length > 0; length /= 2) {
      for (std::size_t at = 0; at < (plan_.*list).size();) {
        Plan smaller = plan_;
        auto& elements = smaller.*list;
        const std::size_t end = std::min(at + length, elements.size());
        elements.erase(elements.begin() + static_cast<std::ptrdiff_t>(at),
                       elements.begin() + static_cast<std::ptrdiff_t>(end));
        if (!take_if_breaks(std::move(smaller))) at += length;
      }
    }
  }

  void drop_gates() {
    while (plan_.gates.size() > 1) {
      Plan smaller = plan_;
      smaller.gates.pop_back();
      const std::size_t left = smaller.gates.size();
      std::erase_if(smaller.faults, [left](const Fault& fault) { return fault.node > left; });
      std::erase_if(smaller.acts,
                    [left](const OperatorAct& act) { return act.node > left || act.other > left; });
      std::erase_if(smaller.cars,
                    [left](const CarPlan& car) { return car.gate > left || car.exit_gate > left; });
      if (!take_if_breaks(std::move(smaller))) return;
    }
  }

  void simplify() {
    Plan smaller = plan_;
    smaller.loss_permille = 0;
    take_if_breaks(std::move(smaller));
    smaller = plan_;
    for (GatePlan& gate : smaller.gates) {
      gate.drift_ppm = 0;
      gate.newer_version = false;
    }
    take_if_breaks(std::move(smaller));
  }

  Plan plan_;
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
