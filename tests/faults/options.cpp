#include "tests/faults/options.hpp"

#include <random>

#include "tests/support/command_line.hpp"

namespace parking::faults {

using test_support::whole_number;

std::expected<Options, int> parse_options(int count, const char* const* words, const Kinds& kinds) {
  constexpr std::uint64_t most_faults = 100'000;
  Options options{
      .settings = {.faults = kinds.in_turn, .seed = std::random_device{}(), .logs = "faults-logs"}};
  RunSettings& settings = options.settings;
  CLI::App app{"A car park of real programs in network namespaces, and everything that goes wrong",
               "parking-faults"};
  app.add_option("--faults", settings.faults, "how many; by default each kind once")
      ->transform(whole_number(1, most_faults))
      ->capture_default_str();
  app.add_option("--seed", settings.seed,
                 "the same seed deals the same faults at the same gates; without: any")
      ->transform(whole_number(0))
      ->envname("PARKING_SEED");
  app.add_option("--only", settings.only, "one kind of fault; without: all, in turn")
      ->check(test_support::one_of("kind of fault", kinds.names));
  app.add_option("--logs", settings.logs, "where the programs' logs go when something is wrong")
      ->capture_default_str();
  app.add_flag("--can-run", options.only_ask,
               "only say whether it can run here: exit code 0, or 77");
  app.footer("\nFaults: " + test_support::list_of(kinds.names) +
             "\nExit codes: 0 all were survived, 1 one was not, 2 wrong usage, 77 not run.");
  if (const auto end = test_support::parse(app, count, words)) return std::unexpected(*end);
  return options;
}

std::string command_for(const RunSettings& settings, const std::string& program) {
  std::string text = program + " --seed " + std::to_string(settings.seed);
  if (!settings.only.empty()) text += " --only " + settings.only;
  return text + " --faults " + std::to_string(settings.faults);
}

}  // namespace parking::faults
