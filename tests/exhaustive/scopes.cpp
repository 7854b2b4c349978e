#include "tests/exhaustive/scope.hpp"

namespace parking::exhaustive {

std::string_view name_of(Mutant mutant) {
  switch (mutant) {
    case Mutant::none:
      return "none";
    case Mutant::opens_before_durable:
      return "the barrier opens before the admission is durable";
    case Mutant::sends_before_durable:
      return "rows are sent before they are durable";
    case Mutant::gift_by_value:
      return "a gift counts each time that it is heard";
    case Mutant::acts_without_one_gate:
      return "acts end without the answer of one gate";
    case Mutant::recounts_stale_view:
      return "a recount takes the rows that the office happens to have";
    case Mutant::goes_on_after_rollback:
      return "a restored store goes on whatever it hears";
    case Mutant::reclaims_by_lease:
      return "the permits of a silent gate are taken back";
  }
  return {};
}

std::string bounds_of(const Scope& scope) {
  std::string text =
      std::to_string(scope.gates) + " gates, capacity " + std::to_string(scope.capacity) +
      ", versions " + std::to_string(scope.gate_versions) + "/" +
      std::to_string(scope.office_versions) + ", crashes " + std::to_string(scope.crashes);
  if (scope.office_crashes) text += " (office too)";
  const auto add = [&text](std::size_t count, const std::string& what) {
    if (count > 0) text += ", " + std::to_string(count) + " " + what;
  };
  add(scope.unadmitted, "unadmitted");
  add(scope.missed_in, "missed in");
  add(scope.missed_out, "missed out");
  add(scope.recounts, "recount");
  return text;
}

std::vector<Scope> full_scopes() {
  std::vector<Scope> scopes;
  scopes.push_back({.name = "plain", .start = {1, 1}, .gate_versions = 3, .crashes = 1});
  return scopes;
}

std::vector<Scope> quick_scopes() {
  return full_scopes();
}

std::vector<Scope> mutant_scopes() {
  return {};
}

}  // namespace parking::exhaustive
