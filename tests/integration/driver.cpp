#include "tests/integration/driver.hpp"

#include <algorithm>

#include "tests/support/eventually.hpp"

namespace parking::integration {

using core::LaneState;
using core::Presence;
using test_support::eventually;
using wire::LaneSensor;

bool Driver::set(const std::string& lane, LaneSensor sensor, Presence presence) {
  const auto reply = link_.ask(wire::SensorRequest{lane, sensor, presence});
  return reply && reply->error.empty();
}

bool Driver::cover(const std::string& lane, bool covered) {
  return set(lane, LaneSensor::approach, covered ? Presence::present : Presence::clear);
}

bool Driver::pass(const std::string& lane) {
  return set(lane, LaneSensor::passage, Presence::present) &&
         set(lane, LaneSensor::approach, Presence::clear) &&
         set(lane, LaneSensor::passage, Presence::clear);
}

bool Driver::drive_in() {
  return arrive("in") && sees("in", LaneState::open) && pass("in") && sees("in", LaneState::idle);
}

bool Driver::drive_out() {
  return arrive("out") && sees("out", LaneState::open) && pass("out") &&
         sees("out", LaneState::idle);
}

std::optional<core::LaneView> Driver::lane(const std::string& name) {
  const auto status = link_.status();
  if (!status) return std::nullopt;
  const auto found = std::ranges::find(status->lanes, name, &core::LaneView::name);
  return found == status->lanes.end() ? std::nullopt : std::optional(*found);
}

bool Driver::sees(const std::string& name, LaneState state) {
  std::optional<core::LaneView> view;
  return eventually(patience, [&] { return !(view = lane(name)) || view->state == state; }) && view;
}

bool Driver::is_refused(const std::string& name, core::RefusalReason reason) {
  return eventually(patience, [&] {
    const auto view = lane(name);
    return view && view->state == LaneState::refused && view->reason == reason;
  });
}

}  // namespace parking::integration
