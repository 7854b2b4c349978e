#include <cstdio>
#include <string>

#include <CLI/CLI.hpp>

#include "tests/sim/teeth.hpp"

int main(int count, char** values) {
  using namespace parking;
  std::uint64_t first = 1;
  std::uint64_t most = 10'000;
  std::string only;
  CLI::App app{"Plants one mistake after another and runs seeds until each is found."};
  app.add_option("--first-seed", first, "where to begin");
  app.add_option("--seeds", most, "how many at most for each mistake");
  app.add_option("--bug", only, "this one alone");
  CLI11_PARSE(app, count, values);
  std::size_t missed = 0;
  std::printf("| mistake | seeds to catch | rule that broke |\n|---|---|---|\n");
  for (const sim::NamedBug& bug : sim::bugs()) {
    if (!only.empty() && bug.name != only) continue;
    const sim::Catch result = sim::hunt(bug.bug, first, most, sim::Wishes{});
    missed += result.caught ? 0 : 1;
    std::printf("| %s | %s | %s |\n", std::string(bug.name).c_str(),
                result.caught ? std::to_string(result.seeds).c_str() : "not caught",
                result.rule.c_str());
    (void)std::fflush(stdout);
  }
  std::printf("\nnot caught in %llu seeds: %zu\n", static_cast<unsigned long long>(most), missed);
  return missed == 0 ? 0 : 1;
}
