#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/core/types.hpp"

namespace parking::core {

enum class GateState : std::uint8_t {
  setup,
  joining,
  in_service,
  entries_held,
  admissions_stopped,
  leaving,
  left,
  retired
};
enum class LaneDirection : std::uint8_t { entry, exit, both };
enum class LaneState : std::uint8_t {
  idle,
  deciding,
  refused,
  opening,
  open,
  passing,
  locked,
  fault
};
/// Why a lane does not let a car in.
enum class RefusalReason : std::uint8_t {
  none,
  lot_full,
  no_permit_reachable,
  joining,
  entries_held,
  locked,
  sensor_fault,
  disk,
  identity,
  fire
};
enum class Presence : std::uint8_t { unknown, clear, present, fault };
enum class BarrierState : std::uint8_t { unknown, closed, opening, open };
/// `alive`: heard within 3 s; `late`: within its lease; `gone`: neither.
enum class LinkState : std::uint8_t { alive, late, gone, retired };

std::string_view to_string(GateState value);
std::string_view to_string(LaneDirection value);
std::string_view to_string(LaneState value);
std::string_view to_string(RefusalReason value);  ///< "" for none
std::string_view to_string(Presence value);
std::string_view to_string(BarrierState value);
std::string_view to_string(LinkState value);

struct LotView {
  std::string name;
  LotId id;
  Count capacity = 0;
  Count capacity_wanted = 0;
  Count inside = 0;
  Count pending = 0;
  Count free = 0;  ///< what a screen shows: free - stranded, within 0..capacity
  Count stranded = 0;
  Duration age{0};            ///< of the oldest confirmation among live rows
  bool held = false;          ///< entries are held everywhere: for a recount, or for two lots
  bool two_lots = false;      ///< held because a gate of another lot asked the central service
  Count left_since_hold = 0;  ///< cars that left through this gate since then
  bool operator==(const LotView&) const = default;
};

struct GateView {
  std::string id;
  Incarnation incarnation;
  GateState state = GateState::setup;
  Count permits = 0;
  std::string listen;
  bool operator==(const GateView&) const = default;
};

struct LaneView {
  std::string name;
  LaneDirection direction = LaneDirection::entry;
  LaneState state = LaneState::idle;
  RefusalReason reason = RefusalReason::none;
  Presence approach = Presence::unknown;
  Presence passage = Presence::unknown;
  BarrierState barrier = BarrierState::unknown;
  Count held = 0;
  bool operator==(const LaneView&) const = default;
};

struct PeerView {
  std::string id;
  std::string address;
  LinkState state = LinkState::gone;
  Duration age{0};
  bool operator==(const PeerView&) const = default;
};

struct DiscoveryView {
  std::string address;
  LinkState state = LinkState::gone;
  Duration age{0};
  bool operator==(const DiscoveryView&) const = default;
};

struct AlarmView {
  std::string code;  ///< stable, snake_case, for tools
  std::string lane;  ///< empty when it concerns the whole gate
  Duration since{0};
  std::string text;  ///< what to do, for people
  bool operator==(const AlarmView&) const = default;
};

/// Everything a screen or `parkingctl status` shows, as one value.
struct Snapshot {
  LotView lot;
  GateView gate;
  std::vector<LaneView> lanes;
  std::vector<PeerView> peers;
  DiscoveryView discovery;
  std::vector<AlarmView> alarms;
  bool simulated_board = false;  ///< sensors can be set by command
  std::string version;           ///< of the program that answers
  bool operator==(const Snapshot&) const = default;
};

/// One line of the event history.
struct Event {
  std::uint64_t number = 0;       ///< given by the store, rising
  std::int64_t wall_time_ms = 0;  ///< since 1970, for display only
  std::string kind;               ///< stable, snake_case: "entered", "left", "refused", ...
  std::string lane;
  std::string text;
  Count inside = 0;  ///< as this gate knew it when it happened
  Count free = 0;    ///< raw: may be below 0
  bool operator==(const Event&) const = default;
};

}  // namespace parking::core
