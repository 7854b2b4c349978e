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
  std::string text = std::to_string(scope.gates) + " gates, capacity " +
                     std::to_string(scope.capacity) + ", versions";
  for (const core::Version most : scope.gate_versions) text += " " + std::to_string(most);
  text += ", office " + std::to_string(scope.office_versions) + ", crashes " +
          std::to_string(scope.crashes);
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
  const auto add = [&](const Scope& scope) { scopes.push_back(scope); };
  add({.name = "plain", .start = {1, 1}, .gate_versions = {4, 4}, .crashes = 1});
  add({.name = "tailgater",
       .start = {1, 1},
       .gate_versions = {3, 3},
       .crashes = 1,
       .unadmitted = 1});
  add({.name = "office hands out",
       .gate_versions = {2, 1},
       .office_versions = 3,
       .crashes = 1,
       .office_crashes = true,
       .back_outs = false});
  add({.name = "three gates",
       .gates = 3,
       .capacity = 3,
       .start = {1, 1, 1},
       .gate_versions = {2, 2, 2}});
  add({.name = "three gates, crashes",
       .gates = 3,
       .capacity = 2,
       .start = {1, 1, 0},
       .gate_versions = {2, 1, 1},
       .crashes = 1,
       .back_outs = false});
  add({.name = "lost store",
       .start = {1, 1},
       .gate_versions = {2, 1},
       .crashes = 1,
       .back_outs = false,
       .asks_after_start = true,
       .lost = 2});
  add({.name = "restored store",
       .start = {1, 1},
       .gate_versions = {1, 2},
       .crashes = 1,
       .back_outs = false,
       .asks_after_start = true,
       .restored = 2});
  add({.name = "restored office",
       .gate_versions = {1, 1},
       .office_versions = 3,
       .crashes = 1,
       .office_crashes = true,
       .asks_after_start = true,
       .restored = 0});
  add({.name = "retire",
       .start = {1, 1},
       .gate_versions = {2, 3},
       .office_versions = 2,
       .crashes = 1,
       .back_outs = false,
       .asks_after_start = true,
       .switched_off = 2,
       .retires = true});
  add({.name = "retire, return",
       .start = {1, 1},
       .gate_versions = {1, 3},
       .office_versions = 4,
       .crashes = 1,
       .back_outs = false,
       .asks_after_start = true,
       .switched_off = 2,
       .retires = true,
       .returns = true});
  add({.name = "retire, recount",
       .capacity = 1,
       .start = {0, 1},
       .gate_versions = {1, 1},
       .office_versions = 3,
       .crashes = 1,
       .back_outs = false,
       .switched_off = 2,
       .retires = true,
       .recounts = 1,
       .holds = 1});
  add({.name = "import",
       .start = {1, 1},
       .gate_versions = {2, 2},
       .office_versions = 3,
       .crashes = 2,
       .office_crashes = true,
       .switched_off = 2,
       .imports = true});
  add({.name = "leave",
       .start = {1, 1},
       .gate_versions = {1, 3},
       .office_versions = 2,
       .crashes = 1,
       .back_outs = false,
       .leaves = 2});
  add({.name = "takeover",
       .start = {1, 0},
       .gate_versions = {1, 1},
       .office_versions = 2,
       .crashes = 1,
       .office_crashes = true,
       .takes_over = true,
       .gate_gifts = false});
  add({.name = "recount, two gates",
       .start = {1, 0},
       .gate_versions = {2, 1},
       .office_versions = 2,
       .missed_out = 1,
       .back_outs = false,
       .recounts = 1,
       .holds = 1});
  add({.name = "recount, one gate",
       .gates = 1,
       .start = {2},
       .gate_versions = {3},
       .office_versions = 3,
       .crashes = 1,
       .office_crashes = true,
       .missed_out = 1,
       .recounts = 1});
  return scopes;
}

std::vector<Scope> quick_scopes() {
  std::vector<Scope> scopes;
  const auto add = [&](const Scope& scope) { scopes.push_back(scope); };
  add({.name = "plain", .start = {1, 1}, .gate_versions = {3, 3}, .crashes = 1});
  add({.name = "tailgater",
       .start = {1, 1},
       .gate_versions = {2, 2},
       .crashes = 1,
       .unadmitted = 1});
  add({.name = "lost store",
       .start = {0, 2},
       .gate_versions = {1, 1},
       .crashes = 1,
       .asks_after_start = true,
       .lost = 2});
  add({.name = "three gates",
       .gates = 3,
       .capacity = 2,
       .start = {1, 1, 0},
       .gate_versions = {2, 1, 1}});
  add({.name = "restored store",
       .start = {0, 1},
       .gate_versions = {0, 2},
       .crashes = 1,
       .asks_after_start = true,
       .restored = 2});
  add({.name = "retire, return",
       .start = {0, 1},
       .gate_versions = {0, 2},
       .office_versions = 4,
       .crashes = 1,
       .asks_after_start = true,
       .switched_off = 2,
       .retires = true,
       .returns = true});
  add({.name = "import",
       .start = {1, 1},
       .gate_versions = {1, 1},
       .office_versions = 3,
       .crashes = 1,
       .switched_off = 2,
       .imports = true});
  add({.name = "leave",
       .start = {1, 1},
       .gate_versions = {1, 2},
       .office_versions = 2,
       .leaves = 2});
  add({.name = "takeover",
       .start = {1, 0},
       .gate_versions = {1, 0},
       .office_versions = 2,
       .crashes = 1,
       .office_crashes = true,
       .takes_over = true});
  add({.name = "recount",
       .gates = 1,
       .capacity = 1,
       .start = {1},
       .gate_versions = {3},
       .office_versions = 2,
       .crashes = 1,
       .missed_out = 1,
       .recounts = 1});
  return scopes;
}

std::vector<Scope> mutant_scopes() {
  std::vector<Scope> scopes;
  const auto add = [&](Mutant mutant, Scope scope) {
    scope.mutant = mutant;
    scope.name = name_of(mutant);
    scope.compares = false;
    scopes.push_back(scope);
  };
  add(Mutant::opens_before_durable, {.start = {1, 1}, .gate_versions = {2, 2}, .crashes = 1});
  add(Mutant::sends_before_durable,
      {.capacity = 1, .start = {0, 1}, .gate_versions = {1, 1}, .crashes = 1});
  add(Mutant::gift_by_value, {.capacity = 1, .start = {0, 1}, .gate_versions = {3, 1}});
  add(Mutant::acts_without_one_gate, {.start = {1, 1},
                                      .gate_versions = {1, 1},
                                      .office_versions = 3,
                                      .crashes = 1,
                                      .switched_off = 2,
                                      .imports = true});
  add(Mutant::recounts_stale_view, {.gates = 1,
                                    .start = {2},
                                    .gate_versions = {2},
                                    .office_versions = 2,
                                    .recounts = 1,
                                    .holds = 1});
  add(Mutant::goes_on_after_rollback, {.start = {1, 1},
                                       .gate_versions = {1, 2},
                                       .crashes = 1,
                                       .asks_after_start = true,
                                       .restored = 2});
  add(Mutant::reclaims_by_lease, {.start = {1, 1},
                                  .gate_versions = {1, 1},
                                  .office_versions = 3,
                                  .crashes = 1,
                                  .switched_off = 2,
                                  .retires = true});
  return scopes;
}

std::vector<Scope> limit_scopes() {
  Scope late{.name = "a frozen row takes its first copy late",
             .start = {0, 2},
             .gate_versions = {1, 1},
             .office_versions = 3,
             .crashes = 1,
             .switched_off = 2,
             .retires = true,
             .recounts = 1,
             .holds = 1,
             .late_first_copies = true,
             .compares = false};
  Scope tailgater{.name = "a tailgater between the number and the pin",
                  .gates = 1,
                  .start = {2},
                  .gate_versions = {1},
                  .office_versions = 2,
                  .unadmitted = 1,
                  .recounts = 1,
                  .holds = 1,
                  .safe_recount = true};
  Scope late_exit{.name = "an exit between the number and the order",
                  .gates = 1,
                  .start = {2},
                  .gate_versions = {3},
                  .office_versions = 2,
                  .back_outs = false,
                  .recounts = 1,
                  .holds = 1,
                  .exact_recount = true};
  Scope turned_back = late_exit;
  turned_back.name = "a counted car turns back in the lane";
  turned_back.gate_versions = {2};
  turned_back.back_outs = true;
  Scope held = late_exit;
  held.name = "an admission is held during the recount";
  held.gate_versions = {1};
  held.crashes = 1;
  Scope early{.name = "a gate is switched on while it is being retired",
              .capacity = 1,
              .start = {0, 1},
              .gate_versions = {1, 1},
              .office_versions = 4,
              .crashes = 1,
              .asks_after_start = true,
              .switched_off = 2,
              .retires = true,
              .returns = true,
              .returns_early = true,
              .recounts = 1,
              .holds = 1,
              .gate_gifts = false};
  Scope joined{.name = "a gate is retired while a recount's number waits for it",
               .gates = 1,
               .capacity = 1,
               .start = {1},
               .gate_versions = {1},
               .office_versions = 3,
               .crashes = 1,
               .switched_off = 1,
               .retires = true,
               .joins_count = true,
               .recounts = 1,
               .holds = 1,
               .safe_recount = true};
  return {late, tailgater, joined, early, late_exit, turned_back, held};
}

}  // namespace parking::exhaustive
