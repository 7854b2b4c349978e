#include "tests/sim/refusals.hpp"

#include <algorithm>

#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

constexpr core::Count spaces_per_gate = 10;
constexpr Time patience = 2 * us_per_s;
constexpr Time stay_mean = 60 * us_per_s;
/// Arrivals beyond what fits; the lot is full most of the time and every permit is wanted at once.
constexpr double load = 1.04;
/// Cars of one run: enough that the first minutes, when the lot is still filling, count little.
constexpr std::uint64_t cars_per_run = 20'000;

Plan draw(const RefusalSettings& settings, std::uint64_t seed, std::uint64_t cars) {
  Rng rng(seed * 0xd1342543de82ef95ULL + 3);
  Plan plan;
  plan.seed = seed;
  plan.capacity = spaces_per_gate * static_cast<core::Count>(settings.gates);
  plan.loss_permille = static_cast<std::uint32_t>(settings.loss_percent * 10);
  plan.gates.resize(settings.gates);
  const double every = static_cast<double>(stay_mean) / (load * static_cast<double>(plan.capacity));
  for (std::uint64_t i = 0; i < cars; ++i) {
    CarPlan car;
    car.arrives = 5 * us_per_s + static_cast<Time>(static_cast<double>(i) * every);
    car.patience = patience;
    car.stays = rng.between(stay_mean / 2, stay_mean * 3 / 2);
    car.gate = static_cast<std::uint16_t>(1 + rng.below(settings.gates));
    car.exit_gate = static_cast<std::uint16_t>(1 + rng.below(settings.gates));
    plan.cars.push_back(car);
    plan.traffic_ends = car.arrives + patience;
  }
  return plan;
}

double percent(std::uint64_t part, std::uint64_t whole) {
  return whole > 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0;
}

}  // namespace

Refusals measure(const RefusalSettings& settings) {
  Refusals sum;
  for (std::uint64_t done = 0, seed = settings.seed; done < settings.arrivals; ++seed) {
    const std::uint64_t cars = std::min(cars_per_run, settings.arrivals - done);
    const Plan plan = draw(settings, seed, cars);
    const Outcome outcome = Simulation(plan).run_traffic();
    done += cars;
    sum.capacity = plan.capacity;
    sum.arrivals += outcome.arrivals;
    sum.entries += outcome.entries;
    sum.refused += outcome.gave_up;
    sum.wrongly += outcome.wrongly_refused;
    sum.messages += outcome.messages;
    sum.simulated += outcome.simulated;
  }
  return sum;
}

void print(const Refusals& refusals, const RefusalSettings& settings, std::FILE* out) {
  (void)std::fprintf(
      out,
      "gates %zu, capacity %lld, loss %llu %%, arrivals %llu, entries %llu, gave up %.2f %%, "
      "wrongly refused %llu (%.4f %%), messages per arrival %.1f, simulated hours %.1f\n",
      settings.gates, static_cast<long long>(refusals.capacity),
      static_cast<unsigned long long>(settings.loss_percent),
      static_cast<unsigned long long>(refusals.arrivals),
      static_cast<unsigned long long>(refusals.entries),
      percent(refusals.refused, refusals.arrivals),
      static_cast<unsigned long long>(refusals.wrongly),
      percent(refusals.wrongly, refusals.arrivals),
      static_cast<double>(refusals.messages) /
          static_cast<double>(std::max<std::uint64_t>(1, refusals.arrivals)),
      static_cast<double>(refusals.simulated) / us_per_s / 3600);
}

}  // namespace parking::sim
