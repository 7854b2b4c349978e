#include "app/ctl/text.hpp"

#include <algorithm>
#include <string_view>

#include "app/ctl/json.hpp"
#include "app/ctl/table.hpp"
#include "app/wire/text.hpp"

namespace parking::ctl {
namespace {

using std::chrono::milliseconds;

/// Words of the interface with spaces: `in_service` reads "in service".
std::string words(std::string_view name) {
  std::string text(name);
  std::ranges::replace(text, '_', ' ');
  return text;
}

std::string or_dash(std::string text) {
  return text.empty() ? "-" : text;
}

std::string lot_line(const core::Snapshot& snapshot) {
  const core::LotView& lot = snapshot.lot;
  std::string line = std::to_string(lot.free) + " free of " + std::to_string(lot.capacity) + ", " +
                     std::to_string(lot.inside) + " inside";
  if (lot.pending != 0) line += ", " + std::to_string(lot.pending) + " driving in";
  if (lot.stranded != 0) line += ", " + std::to_string(lot.stranded) + " out of reach";
  if (lot.capacity_wanted != lot.capacity)
    line += ", capacity going to " + std::to_string(lot.capacity_wanted);
  return line;
}

/// Empty, or a line that says that entries are held.
std::string hold_line(const core::Snapshot& snapshot) {
  if (!snapshot.lot.held) return {};
  const std::string held =
      snapshot.lot.two_lots
          ? "Entries are held because a gate of another lot has asked the central service; at the "
            "central Pi: parkingctl alarms"
          : "Entries are held for a recount";
  if (is_office(snapshot)) return held + "\n";
  const core::Count left = snapshot.lot.left_since_hold;
  return held + "; " + std::to_string(left) + (left == 1 ? " car has" : " cars have") +
         " left through this gate since\n";
}

std::string speaker(const core::Snapshot& snapshot) {
  if (is_office(snapshot)) return "central service";
  return snapshot.gate.id.empty() ? "gate without a name" : "gate " + snapshot.gate.id;
}

void print_lanes(const std::vector<core::LaneView>& lanes, std::ostream& out) {
  if (lanes.empty()) return;
  Table table({"LANE", "DIRECTION", "STATE", "APPROACH", "PASSAGE", "BARRIER", "HELD"});
  for (const auto& lane : lanes) {
    std::string state = words(core::to_string(lane.state));
    if (lane.reason != core::RefusalReason::none)
      state += ": " + words(core::to_string(lane.reason));
    table.add({lane.name, std::string(core::to_string(lane.direction)), state,
               std::string(core::to_string(lane.approach)),
               std::string(core::to_string(lane.passage)),
               std::string(core::to_string(lane.barrier)), std::to_string(lane.held)});
  }
  out << '\n';
  table.print(out);
}

}  // namespace

std::string shown(core::Duration duration) {
  using namespace std::chrono_literals;
  const auto count = duration.count();
  const auto whole = [&](milliseconds unit) { return std::to_string(count / unit.count()); };
  if (duration < 0ms) return "0 s";
  if (duration < 10s) return whole(1s) + "." + std::to_string(count % 1000 / 100) + " s";
  if (duration < 2min) return whole(1s) + " s";
  if (duration < 2h) return whole(1min) + " min";
  if (duration < 48h) return whole(1h) + " h";
  return whole(24h) + " days";
}

void print_status(const core::Snapshot& snapshot, std::ostream& out) {
  out << (snapshot.lot.name.empty() ? "The lot" : wire::harmless(snapshot.lot.name)) << ": "
      << lot_line(snapshot) << " (" << shown(snapshot.lot.age) << " ago)\n"
      << hold_line(snapshot) << speaker(snapshot) << ": "
      << words(core::to_string(snapshot.gate.state)) << ", " << snapshot.gate.permits
      << " permits, at " << or_dash(snapshot.gate.listen)
      << (snapshot.simulated_board ? ", simulated board" : "")
      << (snapshot.version.empty() ? "" : ", version " + snapshot.version) << '\n';
  if (!is_office(snapshot))
    out << "discovery: " << core::to_string(snapshot.discovery.state) << ", at "
        << or_dash(snapshot.discovery.address) << ", heard " << shown(snapshot.discovery.age)
        << " ago\n";
  print_lanes(snapshot.lanes, out);
  out << '\n';
  print_peers(snapshot, out);
  out << '\n';
  print_alarms(snapshot, out);
}

void print_peers(const core::Snapshot& snapshot, std::ostream& out) {
  if (snapshot.peers.empty()) {
    out << "No peers.\n";
    return;
  }
  Table table({"PEER", "ADDRESS", "STATE", "HEARD"});
  for (const auto& peer : snapshot.peers)
    table.add({peer.id, or_dash(peer.address), std::string(core::to_string(peer.state)),
               shown(peer.age) + " ago"});
  table.print(out);
}

void print_alarms(const core::Snapshot& snapshot, std::ostream& out) {
  if (snapshot.alarms.empty()) {
    out << "No alarms.\n";
    return;
  }
  Table table({"ALARM", "LANE", "SINCE", "WHAT TO DO"});
  for (const auto& alarm : snapshot.alarms)
    table.add({words(alarm.code), or_dash(alarm.lane), shown(alarm.since), alarm.text});
  table.print(out);
}

void print_history(const std::vector<core::Event>& events, std::ostream& out) {
  if (events.empty()) {
    out << "Nothing has happened yet.\n";
    return;
  }
  Table table({"TIME", "EVENT", "LANE", "INSIDE", "FREE", "DETAILS"});
  for (const auto& event : events)
    table.add({iso_time(event.wall_time_ms), words(event.kind), or_dash(event.lane),
               std::to_string(event.inside), std::to_string(event.free), event.text});
  table.print(out);
}

void print_line(const core::Snapshot& snapshot, std::ostream& out) {
  out << speaker(snapshot) << ", " << words(core::to_string(snapshot.gate.state)) << ": "
      << lot_line(snapshot);
  for (const auto& lane : snapshot.lanes) {
    out << "; " << lane.name << " " << words(core::to_string(lane.state));
    if (lane.reason != core::RefusalReason::none)
      out << " (" << words(core::to_string(lane.reason)) << ")";
  }
  if (!snapshot.alarms.empty()) out << "; alarms: " << snapshot.alarms.size();
  out << std::endl;
}

}  // namespace parking::ctl
