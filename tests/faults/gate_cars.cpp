#include "tests/faults/gate_cars.hpp"

#include <algorithm>
#include <utility>

#include "tests/support/ctl.hpp"
#include "tests/support/eventually.hpp"

namespace parking::faults {

using core::Count;
using core::LaneState;
using core::Presence;
using integration::patience;
using test_support::eventually;
using wire::LaneSensor;

GateCars::GateCars(std::string gate, const std::filesystem::path& socket, World& world,
                   Report& report, std::uint64_t seed)
    : gate_(std::move(gate)),
      socket_(socket),
      world_(world),
      report_(report),
      random_(seed),
      link_(socket),
      driver_(socket),
      history_(socket) {}

void GateCars::start() {
  stop();
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void GateCars::stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

// The lot fills up quickly and stays nearly full: there the last spaces are fought for.
void GateCars::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const bool has_room = 4 * world_.inside() < 3 * world_.capacity();
    const std::uint64_t entries_percent = has_room ? 80 : 50;
    const auto done = random_() % 100 < entries_percent ? enter() : leave();
    if (done == Drive::gone) return;
  }
}

std::optional<core::Snapshot> GateCars::set(const std::string& lane, LaneSensor sensor,
                                            Presence presence) {
  auto reply = link_.ask(wire::SensorRequest{lane, sensor, presence});
  return reply ? std::move(reply->snapshot) : std::nullopt;
}

bool GateCars::pass(const std::string& lane) {
  return set(lane, LaneSensor::passage, Presence::present) &&
         set(lane, LaneSensor::approach, Presence::clear) &&
         set(lane, LaneSensor::passage, Presence::clear) && driver_.sees(lane, LaneState::idle);
}

Drive GateCars::enter() {
  const Car car = world_.new_car();
  if (!set("in", LaneSensor::approach, Presence::present)) return Drive::gone;
  std::optional<core::LaneView> lane;
  const bool answered = eventually(patience, [&] {
    lane = driver_.lane("in");
    return !lane || lane->state == LaneState::open || lane->state == LaneState::refused;
  });
  ++moves_;
  if (!lane) return Drive::gone;
  if (!answered) report_.wrong(gate_ + ": a car at the entry is neither let in nor refused");
  return lane->state == LaneState::open ? drive_in(car) : turn_away(car);
}

// A car that sees the barrier open drives in, even when the gate dies meanwhile.
Drive GateCars::drive_in(Car car) {
  world_.let_in(car);
  if (random_() % 16 == 0) {
    world_.turned_back(car);
    const bool answered =
        set("in", LaneSensor::approach, Presence::clear) && driver_.sees("in", LaneState::idle);
    return answered ? Drive::turned_back : Drive::gone;
  }
  world_.drove_in(car);
  ++drove_in_;
  report_.crossed();
  if (!pass("in")) return Drive::gone;
  await_written();
  return Drive::through;
}

// A permit may arrive while it goes: then the gate sees it back out.
Drive GateCars::turn_away(Car) {
  const bool answered =
      set("in", LaneSensor::approach, Presence::clear) && driver_.sees("in", LaneState::idle);
  return answered ? Drive::refused : Drive::gone;
}

Drive GateCars::leave() {
  const auto car = world_.take_parked(random_());
  if (!car) return Drive::no_car;
  const auto view = set("out", LaneSensor::approach, Presence::present);
  ++moves_;
  if (!view) {
    world_.stays(*car);
    return Drive::gone;
  }
  const auto lane = std::ranges::find(view->lanes, "out", &core::LaneView::name);
  if (lane == view->lanes.end() || lane->state != LaneState::open) {
    report_.wrong(gate_ + ": the exit did not open in the step that saw the car");
    world_.stays(*car);
    return set("out", LaneSensor::approach, Presence::clear) ? Drive::refused : Drive::gone;
  }
  world_.drove_out(*car);
  ++drove_out_;
  report_.crossed();
  if (!pass("out")) return Drive::gone;
  await_written();
  return Drive::through;
}

// Not for ever: with a disk that fails it comes later, or never.
void GateCars::await_written() {
  constexpr std::chrono::seconds usual{5};
  eventually(usual, [&] {
    if (!history_.read()) return true;
    if (unwritten_entries() <= 0 && unwritten_exits() <= 0) return true;
    const auto status = link_.status();
    return !status || std::ranges::find(status->alarms, "disk", &core::AlarmView::code) !=
                          status->alarms.end();
  });
}

Count GateCars::unwritten_exits() {
  history_.read();
  return drove_out_ - history_.count("left");
}

Count GateCars::unwritten_entries() {
  history_.read();
  return drove_in_ - history_.count("entered") - history_.settled_as_entered();
}

Count GateCars::held() {
  const auto lane = driver_.lane("in");
  return lane ? lane->held : 0;
}

void GateCars::settle(Count times, const std::string& outcome) {
  for (; times > 0; --times) {
    const auto done = test_support::Ctl(socket_).run(
        {"settle", "in", outcome, "--reason", "seen by the attendant"});
    if (done.exit_code != 0) report_.wrong(gate_ + ": settle: " + done.errors);
  }
}

Count GateCars::reconcile(Count may_miss_exits) {
  // What is under way in a lane is written down, or held, when the lane is idle.
  driver_.sees("in", LaneState::idle);
  driver_.sees("out", LaneState::idle);
  eventually(std::chrono::seconds(5),
             [&] { return unwritten_exits() <= 0 && unwritten_entries() <= held(); });
  const Count entries = unwritten_entries();
  const Count pending = held();
  if (entries > pending)
    report_.lost(entries - pending, gate_ + ": cars drove in, and the gate holds no admission");
  const Count to_settle = std::clamp<Count>(entries, 0, pending);
  settle(to_settle, "entered");
  settle(pending - to_settle, "backed_out");
  eventually(patience,
             [&] { return unwritten_entries() == std::max<Count>(0, entries - pending); });
  if (unwritten_entries() < 0) report_.wrong(gate_ + ": an entry was counted twice");

  const Count missing = unwritten_exits();
  if (missing < 0) report_.wrong(gate_ + ": an exit was counted twice");
  if (missing > may_miss_exits)
    report_.lost(missing - may_miss_exits, gate_ + ": cars drove out and are not in the history");
  for (const char* kind : {"unadmitted", "passage_undecided"})
    if (history_.count(kind) > 0) report_.wrong(gate_ + ": its history says " + kind);
  drove_out_ -= missing;
  drove_in_ -= unwritten_entries();
  return missing;
}

void GateCars::begin_anew() {
  history_.begin_anew();
  drove_in_ = drove_out_ = 0;
}

void GateCars::begin_with_copy() {
  history_.skip();
  drove_in_ = drove_out_ = 0;
}

}  // namespace parking::faults
