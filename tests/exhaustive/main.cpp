// parking-exhaustive: every state of small car parks, and a table of how many there were.
#include <cstdio>
#include <string>

#include "tests/exhaustive/options.hpp"
#include "tests/exhaustive/search.hpp"

namespace {

using namespace parking::exhaustive;

void print(const std::string& line) {
  std::puts(line.c_str());
  std::fflush(stdout);
}

bool run(const Scope& scope, std::size_t& states) {
  const Result result = search(scope);
  states += result.states;
  char figures[160];
  std::snprintf(figures, sizeof figures, "%10zu %11zu %5zu %7.1f  ", result.states,
                result.transitions, result.depth, result.seconds);
  const std::string end = !result.violation.empty() ? result.violation
                          : result.complete         ? "none"
                                                    : "none so far: NOT exhaustive, limit reached";
  std::string name = scope.name;
  name.resize(24, ' ');
  print(name + figures + end + "  [" + bounds_of(scope) + "; " + std::to_string(result.ledgers) +
        " ledgers, " + std::to_string(result.gates) + " gates]");
  for (const std::string& step : result.trace) print("    " + step);
  return result.violation.empty() && result.complete;
}

}  // namespace

int main(int argc, char** argv) {
  const auto scopes = parse_options(argc, argv);
  if (!scopes) return scopes.error();
  int passed = 0;
  int failed = 0;
  std::size_t states = 0;
  print("scope                       states transitions depth seconds  violations");
  for (const Scope& scope : *scopes) ++(run(scope, states) ? passed : failed);
  char chance[32];
  std::snprintf(chance, sizeof chance, "%.0e", chance_of_collision(states));
  print(std::to_string(states) +
        " states in all; chance that any two share a 64-bit fingerprint: " + "at most " + chance);
  print(std::to_string(passed) + " passed, " + std::to_string(failed) + " failed");
  return failed == 0 ? 0 : 1;
}
