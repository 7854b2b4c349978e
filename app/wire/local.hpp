#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/core/snapshot.hpp"
#include "app/wire/error.hpp"

/// The conversation on the local (Unix) socket between a gate or the central service and its
/// kiosk and command line. Each message is one frame, as between peers. The server answers each
/// request with one LocalReply, in order; after `WatchRequest` it goes on sending one with a
/// snapshot on every change and at least once a second, and takes no further request.
namespace parking::wire {

/// Most events that a request may ask for and a reply may hold. A frame has room for several
/// hundred of usual length; of more than fit, the newest are sent.
inline constexpr std::size_t max_events_per_reply = 10'000;

/// The most spaces that a lot may have, as in the central service's configuration.
inline constexpr core::Count largest_capacity = 100'000;
/// The most cars that a recount may count. A lot with faulty sensors may hold more than it should.
inline constexpr core::Count largest_recount = 1'000'000;
/// Longest name of a file, with its folders, that the kernel takes.
inline constexpr std::size_t longest_path = 4096;

enum class LaneSensor : std::uint8_t { approach, passage, inner };

struct StatusRequest {
  bool operator==(const StatusRequest&) const = default;
};
struct WatchRequest {
  bool operator==(const WatchRequest&) const = default;
};
struct HistoryRequest {
  std::uint32_t limit = 100;  ///< newest events, at most `max_events_per_reply`
  std::uint64_t before = 0;   ///< only events with a lower number; 0: all
  bool operator==(const HistoryRequest&) const = default;
};
/// Simulated board only.
struct SensorRequest {
  std::string lane;
  LaneSensor sensor = LaneSensor::approach;
  core::Presence presence = core::Presence::clear;  ///< clear, present or fault
  bool operator==(const SensorRequest&) const = default;
};
enum class Settlement : std::uint8_t { entered, backed_out };
struct SettleRequest {
  std::string lane;
  Settlement outcome = Settlement::entered;
  std::string reason;
  bool operator==(const SettleRequest&) const = default;
};
/// What the setup page sends to a gate in state `setup`.
struct SetupRequest {
  std::string gate_id;
  std::string listen;     ///< host:port
  std::string discovery;  ///< host:port
  bool operator==(const SetupRequest&) const = default;
};
/// The setup page's Start and Stop: entries stop, exits go on.
struct EntriesRequest {
  bool allowed = true;
  std::string reason;
  bool operator==(const EntriesRequest&) const = default;
};
/// The operator vouches for this store though nobody can confirm it (ledger rule 9).
struct StoreTrustRequest {
  std::string reason;
  bool operator==(const StoreTrustRequest&) const = default;
};

// Commands that concern the whole lot; ledger rules 7 to 11.

struct CapacityRequest {
  core::Count capacity = 0;
  std::string reason;
  bool operator==(const CapacityRequest&) const = default;
};
struct RecountBeginRequest {
  std::string reason;
  bool operator==(const RecountBeginRequest&) const = default;
};
struct RecountCountRequest {
  core::Count inside = 0;  ///< cars inside at this moment, those in lanes included
  std::string reason;
  bool operator==(const RecountCountRequest&) const = default;
};
struct RecountCancelRequest {
  std::string reason;
  bool operator==(const RecountCancelRequest&) const = default;
};
/// The operator vouches that these gates' machines are off and their lanes shut.
struct RetireRequest {
  std::vector<core::GateId> gates;  ///< at least one, each once
  std::string reason;
  bool operator==(const RetireRequest&) const = default;
};
/// The ledger.db of a dead gate, which the central service reads itself.
struct ImportRequest {
  std::string file;  ///< absolute, as the central Pi's file system names it
  std::string reason;
  bool operator==(const ImportRequest&) const = default;
};
struct TakeOverRequest {
  std::string reason;
  bool operator==(const TakeOverRequest&) const = default;
};
/// The gates of that lot belong elsewhere.
struct DismissLotRequest {
  core::LotId lot;
  std::string reason;
  bool operator==(const DismissLotRequest&) const = default;
};
struct LeaveRequest {
  std::string reason;
  bool operator==(const LeaveRequest&) const = default;
};
struct StoreRenewRequest {
  std::string reason;
  bool operator==(const StoreRenewRequest&) const = default;
};

using LocalRequest =
    std::variant<StatusRequest, WatchRequest, HistoryRequest, SensorRequest, SettleRequest,
                 SetupRequest, EntriesRequest, StoreTrustRequest, CapacityRequest,
                 RecountBeginRequest, RecountCountRequest, RecountCancelRequest, RetireRequest,
                 ImportRequest, TakeOverRequest, DismissLotRequest, LeaveRequest,
                 StoreRenewRequest>;

struct LocalReply {
  std::string error;  ///< empty: done. Otherwise one line: why not, and what to do
  std::optional<core::Snapshot> snapshot;
  std::vector<core::Event> events;  ///< oldest first
  bool operator==(const LocalReply&) const = default;
};

/// Error on decoding: as for `decode` in convert.hpp.
std::string encode(const LocalRequest& request);
std::expected<LocalRequest, Error> decode_local_request(std::string_view payload);
std::string encode(const LocalReply& reply);
std::expected<LocalReply, Error> decode_local_reply(std::string_view payload);

}  // namespace parking::wire
