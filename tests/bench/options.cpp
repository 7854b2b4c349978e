#include "tests/bench/options.hpp"

#include "app/core/types.hpp"
#include "tests/support/command_line.hpp"

namespace parking::bench {
namespace {

using test_support::refuse;
using test_support::whole_number;

/// The measured gate is one of a lot's.
constexpr std::size_t most_peers = core::max_gates - 1;
/// Fewer say nothing, and of entries without a permit some are not counted.
constexpr std::size_t least_rounds = 10;
/// All samples are kept.
constexpr std::size_t most_rounds = 1'000'000;
constexpr std::size_t most_cars = 10'000'000;

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

bool nothing(const Wanted& wanted) {
  return !wanted.entry && !wanted.crossing && !wanted.throughput && !wanted.memory;
}

}  // namespace

std::expected<CommandLine, int> parse_options(int count, const char* const* words) {
  CommandLine line;
  Options& options = line.options;
  Wanted& wanted = line.wanted;
  options.folder = std::filesystem::current_path();
  bool is_quick = false;
  CLI::App app{"Measures the gates against the least that each thing could cost, in one run",
               "parking-bench"};
  app.add_option("--folder", options.folder, "on the disk that is measured")
      ->check(CLI::ExistingDirectory)
      ->capture_default_str();
  app.add_option("--rounds", options.rounds, "for entry and crossing")
      ->transform(whole_number(least_rounds, most_rounds))
      ->capture_default_str();
  app.add_option("--peers", options.peers, "one measurement of entry and crossing for each number")
      ->transform(whole_number(1, most_peers))
      ->capture_default_str();
  app.add_option("--cars", options.cars, "for memory")
      ->transform(whole_number(1, most_cars))
      ->capture_default_str();
  app.add_flag("--quick", is_quick, "only see that everything works");
  app.add_flag("--entry", wanted.entry, "only entries, and what else is named; without any: all");
  app.add_flag("--crossing", wanted.crossing, "the same of crossings");
  app.add_flag("--throughput", wanted.throughput, "the same of entries a second");
  app.add_flag("--memory", wanted.memory, "the same of the memory of parking-gate");
  app.footer("\nExit codes: 0 measured, 1 something failed, 2 wrong usage.");
  app.callback([&] {
    for (const char* name : {"--rounds", "--peers", "--cars"})
      if (is_quick && app.count(name) > 0)
        refuse("--quick has its own " + std::string(name) + ": leave one of the two out");
    if (is_quick) options = quick(options);
    if (nothing(wanted)) wanted = {true, true, true, true};
  });
  if (const auto end = test_support::parse(app, count, words)) return std::unexpected(*end);
  return line;
}

}  // namespace parking::bench
