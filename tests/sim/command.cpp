#include "tests/sim/command.hpp"

namespace parking::sim {
namespace {

std::string wished(const Wishes& wishes) {
  const Wishes plain;
  std::string text;
  if (wishes.gates_min != plain.gates_min || wishes.gates_max != plain.gates_max) {
    text += " --gates " + std::to_string(wishes.gates_min);
    if (wishes.gates_max != wishes.gates_min) text += ".." + std::to_string(wishes.gates_max);
  }
  if (wishes.cars != plain.cars) text += " --cars " + std::to_string(wishes.cars);
  if (!wishes.faults) text += " --calm";
  if (wishes.real_store) text += " --real-store";
  if (wishes.plant_failure) text += " --plant-failure";
  return text;
}

std::string left(const Kept& kept) {
  std::string text;
  if (kept.gates) text += " --keep-gates " + std::to_string(*kept.gates);
  if (kept.cars) text += " --keep-cars " + to_text(*kept.cars);
  if (kept.faults) text += " --keep-faults " + to_text(*kept.faults);
  if (kept.acts) text += " --keep-acts " + to_text(*kept.acts);
  if (kept.no_loss) text += " --no-loss";
  if (kept.plain_gates) text += " --plain-gates";
  return text;
}

}  // namespace

std::string command_for(std::uint64_t seed, const Wishes& wishes, const Kept& kept) {
  return "parking-sim --seed " + std::to_string(seed) + " --trace" + wished(wishes) + left(kept);
}

}  // namespace parking::sim
