#include <algorithm>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>

#include "tests/sim/teeth.hpp"

namespace {

using namespace parking;

/// Whether it was caught; prints its line of the table.
bool look_for(const sim::NamedBug& bug, const sim::Hunt& hunt) {
  const sim::Catch result = sim::hunt(bug.bug, hunt);
  const std::string seeds = result.caught ? std::to_string(result.seeds) : "not caught";
  std::printf("| %s | %s | %s |\n", std::string(bug.name).c_str(), seeds.c_str(),
              result.rule.c_str());
  (void)std::fflush(stdout);
  return result.caught;
}

}  // namespace

int main(int count, char** values) {
  sim::Hunt hunt{.jobs = std::clamp(std::thread::hardware_concurrency(), 1U, 256U), .wishes = {}};
  std::vector<std::string> only;
  CLI::App app{"Plants one mistake after another and runs seeds until each is found."};
  app.add_option("--first-seed", hunt.first_seed, "where to begin");
  app.add_option("--seeds", hunt.most_seeds, "how many at most for each mistake");
  app.add_option("--jobs", hunt.jobs, "processes that look for it")->check(CLI::Range(1, 256));
  app.add_option("--bug", only, "these alone");
  CLI11_PARSE(app, count, values);
  const auto is_known = [](const std::string& name) {
    return std::ranges::any_of(sim::bugs(),
                               [&name](const sim::NamedBug& bug) { return bug.name == name; });
  };
  for (const std::string& name : only) {
    if (is_known(name)) continue;
    (void)std::fprintf(stderr, "no mistake is named \"%s\"; see app/core/planted.hpp\n",
                       name.c_str());
    return 2;
  }
  std::size_t missed = 0;
  std::printf("| mistake | seeds to catch | rule that broke |\n|---|---|---|\n");
  for (const sim::NamedBug& bug : sim::bugs()) {
    const bool wanted = only.empty() || std::ranges::find(only, bug.name) != only.end();
    if (wanted && !look_for(bug, hunt)) ++missed;
  }
  std::printf("\nnot caught in %llu seeds: %zu\n", static_cast<unsigned long long>(hunt.most_seeds),
              missed);
  return missed == 0 ? 0 : 1;
}
