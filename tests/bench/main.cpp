#include <cstdio>
#include <exception>

#include <CLI/CLI.hpp>
#include <spdlog/spdlog.h>

#include "tests/bench/crossing.hpp"
#include "tests/bench/entry.hpp"
#include "tests/bench/memory.hpp"
#include "tests/bench/options.hpp"
#include "tests/bench/throughput.hpp"

namespace {

using parking::bench::Options;

/// Enough to see that everything works; its figures mean nothing.
Options quick(Options options) {
  options.rounds = 20;
  options.warm_up = 5;
  options.peers = {3};
  options.busy_gates = 3;
  options.phases = 1;
  options.phase_s = 0.2;
  options.cars = 50;
  return options;
}

struct Wanted {
  bool entry = false;
  bool crossing = false;
  bool throughput = false;
  bool memory = false;
  [[nodiscard]] bool nothing() const { return !entry && !crossing && !throughput && !memory; }
};

void measure(const Options& options, const Wanted& wanted) {
  const bool all = wanted.nothing();
  if (all || wanted.entry) {
    measure_entry_with_permit(options);
    for (const std::size_t peers : options.peers) measure_entry_without_permit(options, peers);
  }
  if (all || wanted.crossing)
    for (const std::size_t peers : options.peers) measure_crossing(options, peers);
  if (all || wanted.throughput) measure_throughput(options);
  if (all || wanted.memory) measure_memory(options);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures the gates against the least that each thing could cost, in one run");
  Options options;
  options.folder = std::filesystem::current_path();
  Wanted wanted;
  bool is_quick = false;
  app.add_option("--folder", options.folder, "on the disk that is measured")->capture_default_str();
  app.add_option("--rounds", options.rounds)->capture_default_str();
  app.add_option("--peers", options.peers)->capture_default_str();
  app.add_option("--cars", options.cars, "for memory")->capture_default_str();
  app.add_flag("--quick", is_quick, "only see that everything works");
  app.add_flag("--entry", wanted.entry, "only this, and what else is named");
  app.add_flag("--crossing", wanted.crossing);
  app.add_flag("--throughput", wanted.throughput);
  app.add_flag("--memory", wanted.memory);
  CLI11_PARSE(app, argc, argv);
  spdlog::set_level(spdlog::level::off);
  try {
    measure(is_quick ? quick(options) : options, wanted);
    return 0;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "parking-bench: %s\n", problem.what());
    return 1;
  }
}
