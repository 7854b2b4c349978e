#include <cstdio>
#include <string>

#include "tests/sim/options.hpp"
#include "tests/sim/simulation.hpp"
#include "tests/support/command_line.hpp"

namespace {

using namespace parking::sim;

/// Failures are many or one thing; the first ones tell which.
constexpr std::size_t most_explained = 3;

class Printer : public Trace {
public:
  void line(Time at, const std::string& text) override {
    std::printf("%10.3f %s\n", static_cast<double>(at) / us_per_s, text.c_str());
  }
};

int replay(const Options& options) {
  const Plan whole = draw_plan(options.campaign.first_seed, options.campaign.wishes);
  if (const auto wrong = objection(whole, options.kept)) {
    (void)std::fprintf(stderr, "parking-sim: %s\n", wrong->c_str());
    return parking::test_support::wrong_usage;
  }
  Printer printer;
  const Outcome outcome = Simulation(keep(whole, options.kept), &printer).run();
  std::printf("digest %016llx\n", static_cast<unsigned long long>(outcome.digest));
  return outcome.violation ? 1 : 0;
}

int run_campaign(const Options& options) {
  const Result result = run(options.campaign);
  for (std::size_t i = 0; i < result.failures.size(); ++i) {
    if (i < most_explained)
      explain(result.failures[i], options.campaign.wishes, stdout);
    else
      std::printf(
          "seed %llu broke \"%s\": %s\n", static_cast<unsigned long long>(result.failures[i].seed),
          result.failures[i].violation.rule.c_str(), result.failures[i].violation.text.c_str());
  }
  print(result, stdout);
  return result.failures.empty() ? 0 : 1;
}

}  // namespace

int main(int count, char** values) {
  const auto options = parse_options(count, values);
  if (!options) return options.error();
  if (options->refusals) {
    print(measure(*options->refusals), *options->refusals, stdout);
    return 0;
  }
  return options->trace ? replay(*options) : run_campaign(*options);
}
