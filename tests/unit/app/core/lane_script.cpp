#include "tests/unit/app/core/lane_script.hpp"

#include <array>
#include <sstream>
#include <utility>

namespace parking::core {
namespace {

constexpr std::array action_names{
    std::pair{LaneAction::open_barrier, "open"},
    std::pair{LaneAction::close_barrier, "close"},
    std::pair{LaneAction::entered, "entered"},
    std::pair{LaneAction::backed_out, "backed_out"},
    std::pair{LaneAction::held, "held"},
    std::pair{LaneAction::unadmitted, "unadmitted"},
    std::pair{LaneAction::left, "left"},
    std::pair{LaneAction::passage_out_of_order, "out_of_order"},
    std::pair{LaneAction::passage_undecided, "undecided"},
    std::pair{LaneAction::merged, "merged"},
};

std::string names(const Lane::Actions& actions) {
  std::string text;
  for (const LaneAction action : actions)
    for (const auto& [value, name] : action_names)
      if (value == action) text += (text.empty() ? "" : " ") + std::string(name);
  return text;
}

Presence level(const std::string& name) {
  for (const Presence presence :
       {Presence::clear, Presence::present, Presence::fault, Presence::unknown})
    if (to_string(presence) == name) return presence;
  throw std::invalid_argument("no such level: " + name);
}

Lane::Actions perform(Lane& lane, std::istringstream& words, Instant now) {
  std::string what;
  std::string detail;
  words >> what;
  if (what == "approach" || what == "passage") {
    words >> detail;
    return what == "approach" ? lane.approach(level(detail), now)
                              : lane.passage(level(detail), now);
  }
  if (what == "durable") return lane.admission_durable(now);
  if (what == "admit") lane.admit(now);
  if (what == "resume") {
    lane.resume_passing(now);
    return lane.passage(Presence::present, now);
  }
  return lane.tick(now);
}

std::string trimmed(std::string text) {
  text.erase(0, text.find_first_not_of(' '));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace

std::optional<std::string> play(LaneSettings settings, std::string_view script) {
  Lane lane(std::move(settings));
  Instant now{};
  std::istringstream lines{std::string(script)};
  for (std::string line; std::getline(lines, line);) {
    line = trimmed(line.substr(0, line.find('#')));
    const auto arrow = line.find("->");
    if (line.empty()) continue;
    std::istringstream words(line.substr(0, arrow));
    Duration::rep milliseconds = 0;
    words >> milliseconds;
    const Instant when{Duration{milliseconds}};
    for (Instant wake = lane.next_wake(); wake < when; wake = lane.next_wake()) {
      if (wake < now) return line + "\n  the lane wants to be woken in the past";
      now = wake;
      if (const std::string did = names(lane.tick(now)); !did.empty())
        return line + "\n  before, at " + std::to_string(now.time_since_epoch().count()) + ": " +
               did;
      if (lane.next_wake() == now) return line + "\n  the lane wants to be woken again at once";
    }
    now = when;
    const std::string did = names(perform(lane, words, now));
    if (did != trimmed(line.substr(arrow + 2))) return line + "\n  the lane did: " + did;
  }
  return std::nullopt;
}

}  // namespace parking::core
