#include "tests/sim/options.hpp"

#include <charconv>
#include <string>
#include <thread>

#include <CLI/CLI.hpp>

namespace parking::sim {
namespace {

constexpr std::size_t most_gates = 60;

/// "3..8" or "10".
bool read_range(const std::string& text, Wishes& wishes) {
  const auto read = [](std::string_view part, std::size_t& to) {
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), to);
    return error == std::errc{} && end == part.data() + part.size() && to >= 1 && to <= most_gates;
  };
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos)
    return read(text, wishes.gates_min) && read(text, wishes.gates_max);
  return read(std::string_view(text).substr(0, dots), wishes.gates_min) &&
         read(std::string_view(text).substr(dots + 2), wishes.gates_max) &&
         wishes.gates_min <= wishes.gates_max;
}

}  // namespace

std::optional<Options> parse_options(int count, char** values, int& exit_code) {
  Options options;
  options.campaign.jobs = std::max(1U, std::thread::hardware_concurrency());
  std::string gates = "3..8";
  std::uint64_t seed = 0;
  bool refusals = false;
  bool calm = false;
  RefusalSettings settings;
  CLI::App app{"Runs car parks of real gate and office cores in virtual time, with faults."};
  app.add_option("--seeds", options.campaign.seeds, "how many");
  app.add_option("--first-seed", options.campaign.first_seed, "the first of them");
  auto* one = app.add_option("--seed", seed, "this one alone");
  app.add_option("--gates", gates, "how many, e.g. 3..8");
  app.add_option("--cars", options.campaign.wishes.cars, "in each scenario")
      ->check(CLI::Range(1, 100'000));
  app.add_option("--jobs", options.campaign.jobs, "threads")->check(CLI::Range(1, 256));
  app.add_flag("--trace", options.trace, "with --seed: every step");
  app.add_flag("--calm", calm, "without faults");
  app.add_flag("--real-store", options.campaign.wishes.real_store,
               "the product's own stores in every seed, not in one of fifty");
  app.add_flag("--progress", options.campaign.progress, "say from time to time how far it is");
  app.add_flag("--plant-failure", options.campaign.wishes.plant_failure,
               "let the world itself break a rule, to see the report");
  app.add_flag("--refusals", refusals, "measure wrong refusals instead");
  app.add_option("--loss", settings.loss_percent, "with --refusals: messages lost, in %")
      ->check(CLI::Range(0, 90));
  app.add_option("--arrivals", settings.arrivals, "with --refusals: cars");
  try {
    app.parse(count, values);
  } catch (const CLI::ParseError& error) {
    exit_code = app.exit(error);
    return std::nullopt;
  }
  if (!read_range(gates, options.campaign.wishes)) {
    (void)std::fprintf(stderr, "--gates wants 1 to %zu, or a range such as 3..8\n", most_gates);
    exit_code = 2;
    return std::nullopt;
  }
  options.campaign.wishes.faults = !calm;
  if (*one) {
    options.campaign.first_seed = seed;
    options.campaign.seeds = 1;
    options.campaign.jobs = 1;
  }
  settings.gates = options.campaign.wishes.gates_max;
  settings.seed = options.campaign.first_seed;
  if (refusals) options.refusals = settings;
  return options;
}

}  // namespace parking::sim
