#include "tests/sim/kept.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

namespace parking::sim {
namespace {

/// Far beyond any plan; so that a range with a nought too many is no list of gigabytes.
constexpr std::size_t last_place = 1'000'000;

template <typename Element>
void keep_places(std::vector<Element>& list, const std::optional<Places>& places) {
  if (!places) return;
  std::vector<Element> left;
  for (const std::size_t place : *places)
    if (place < list.size()) left.push_back(list[place]);
  list = std::move(left);
}

void keep_gates(Plan& plan, std::size_t left) {
  if (left >= plan.gates.size()) return;
  plan.gates.resize(left);
  std::erase_if(plan.faults, [left](const Fault& fault) { return fault.node > left; });
  std::erase_if(plan.acts,
                [left](const OperatorAct& act) { return act.node > left || act.other > left; });
  std::erase_if(plan.cars,
                [left](const CarPlan& car) { return car.gate > left || car.exit_gate > left; });
}

std::optional<std::string> beyond(const std::string& option, const std::optional<Places>& places,
                                  std::size_t size) {
  if (!places || places->empty() || places->back() < size) return std::nullopt;
  return option + " " + std::to_string(places->back()) + ": the seed has " + std::to_string(size) +
         " of them, and the first is 0";
}

std::optional<std::size_t> place_in(std::string_view text) {
  std::size_t place = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), place);
  if (fault != std::errc() || end != text.data() + text.size() || place > last_place)
    return std::nullopt;
  return place;
}

bool add_range(Places& places, std::string_view text) {
  const std::size_t dots = text.find("..");
  const auto first = place_in(text.substr(0, dots));
  const auto last = dots == std::string_view::npos ? first : place_in(text.substr(dots + 2));
  if (!first || !last || *first > *last || (!places.empty() && *first <= places.back()))
    return false;
  for (std::size_t place = *first; place <= *last; ++place) places.push_back(place);
  return true;
}

}  // namespace

Plan keep(const Plan& plan, const Kept& kept) {
  Plan left = plan;
  keep_places(left.cars, kept.cars);
  keep_places(left.faults, kept.faults);
  keep_places(left.acts, kept.acts);
  if (kept.gates) keep_gates(left, *kept.gates);
  if (kept.no_loss) left.loss_permille = 0;
  for (GatePlan& gate : left.gates) {
    if (!kept.plain_gates) break;
    gate.drift_ppm = 0;
    gate.newer_version = false;
  }
  return left;
}

std::optional<std::string> objection(const Plan& plan, const Kept& kept) {
  if (auto text = beyond("--keep-cars", kept.cars, plan.cars.size())) return text;
  if (auto text = beyond("--keep-faults", kept.faults, plan.faults.size())) return text;
  if (auto text = beyond("--keep-acts", kept.acts, plan.acts.size())) return text;
  if (!kept.gates || *kept.gates <= plan.gates.size()) return std::nullopt;
  return "--keep-gates " + std::to_string(*kept.gates) + ": the seed has " +
         std::to_string(plan.gates.size());
}

std::string to_text(const Places& places) {
  std::string text;
  for (std::size_t i = 0; i < places.size();) {
    std::size_t end = i + 1;
    while (end < places.size() && places[end] == places[end - 1] + 1) ++end;
    text += (text.empty() ? "" : ",") + std::to_string(places[i]);
    if (end - i > 1) text += ".." + std::to_string(places[end - 1]);
    i = end;
  }
  return text.empty() ? "none" : text;
}

std::optional<Places> places_in(const std::string& text) {
  Places places;
  if (text == "none") return places;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    if (!add_range(places, std::string_view(text).substr(at, comma - at))) return std::nullopt;
    at = comma + 1;
  }
  return places;
}

}  // namespace parking::sim
