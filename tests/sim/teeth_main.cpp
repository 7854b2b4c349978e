#include <algorithm>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "tests/sim/teeth.hpp"
#include "tests/support/command_line.hpp"

namespace {

using namespace parking;
using test_support::whole_number;

constexpr unsigned most_jobs = 256;
constexpr std::uint64_t most_seeds = 1'000'000'000;

/// Whether it was caught; prints its line of the table.
bool look_for(const sim::NamedBug& bug, const sim::Hunt& hunt) {
  const sim::Catch result = sim::hunt(bug.bug, hunt);
  const std::string seeds = result.caught ? std::to_string(result.seeds) : "not caught";
  std::printf("| %s | %s | %s |\n", std::string(bug.name).c_str(), seeds.c_str(),
              result.rule.c_str());
  (void)std::fflush(stdout);
  return result.caught;
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const sim::NamedBug& bug : sim::bugs()) all.emplace_back(bug.name);
  return all;
}

}  // namespace

int main(int count, char** values) {
  sim::Hunt hunt{.jobs = std::clamp(std::thread::hardware_concurrency(), 1U, most_jobs),
                 .wishes = {}};
  std::vector<std::string> only;
  CLI::App app{"Plants one mistake after another and runs seeds until each is found.",
               "parking-teeth"};
  app.add_option("--first-seed", hunt.first_seed, "where to begin")
      ->transform(whole_number(0))
      ->capture_default_str();
  app.add_option("--seeds", hunt.most_seeds, "how many at most for each mistake")
      ->transform(whole_number(1, most_seeds))
      ->capture_default_str();
  app.add_option("--jobs", hunt.jobs, "processes that look for it")
      ->transform(whole_number(1, most_jobs))
      ->capture_default_str();
  app.add_option("--bug", only, "these alone; without: each")
      ->check(test_support::one_of("mistake", names()));
  app.footer("\nMistakes: " + test_support::list_of(names()) +
             "\nExit codes: 0 each was found, 1 one was not, 2 wrong usage.");
  if (const auto end = test_support::parse(app, count, values)) return *end;
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
