#include "tests/exhaustive/options.hpp"

#include <algorithm>
#include <string>

#include "tests/support/command_line.hpp"

namespace parking::exhaustive {
namespace {

std::string names_of(const std::vector<Scope>& scopes) {
  std::vector<std::string> names;
  names.reserve(scopes.size());
  for (const Scope& scope : scopes) names.push_back("\"" + scope.name + "\"");
  return test_support::list_of(names);
}

void keep_named(std::vector<Scope>& scopes, const std::string& part) {
  const std::string known = names_of(scopes);
  std::erase_if(scopes, [&](const Scope& scope) { return !scope.name.contains(part); });
  if (scopes.empty())
    test_support::refuse("no scope here has \"" + part + "\" in its name; there are " + known);
}

}  // namespace

std::expected<std::vector<Scope>, int> parse_options(int count, const char* const* words) {
  bool quick = false;
  bool mutants = false;
  bool limits = false;
  std::string part;
  CLI::App app{"Every state of small car parks, and a table of how many there were",
               "parking-exhaustive"};
  app.add_option("NAME", part, "only scopes whose name has this in it; without: all");
  auto* set = app.add_option_group("Sets of scopes", "without: the full ones, about two minutes");
  set->add_flag("--quick", quick, "smaller bounds, a few seconds");
  set->add_flag("--mutants", mutants, "rules broken on purpose, each with its trace");
  set->add_flag("--limits", limits, "what the rules do not cover, each with its trace");
  set->require_option(0, 1);
  app.footer(
      "\nExit codes: 0 no promise was broken, 1 one was (as with --mutants and --limits), 2 wrong "
      "usage.");
  std::vector<Scope> scopes;
  app.callback([&] {
    scopes = quick     ? quick_scopes()
             : mutants ? mutant_scopes()
             : limits  ? limit_scopes()
                       : full_scopes();
    keep_named(scopes, part);
  });
  if (const auto end = test_support::parse(app, count, words)) return std::unexpected(*end);
  return scopes;
}

}  // namespace parking::exhaustive
