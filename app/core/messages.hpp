#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "app/core/row.hpp"
#include "app/core/types.hpp"

namespace parking::core {

/// Version of the exchange between peers; sent in Hello and Welcome, unequal ones do not talk.
inline constexpr std::uint32_t protocol_version = 1;

// --- between peers (gates and the office) ------------------------------------------------------

/// First message on a connection, from the side that dialled.
struct Hello {
  GateId to;  ///< whom the sender believes to have dialled
  std::uint32_t protocol = protocol_version;
  LotId lot;
  RowCopy row;                 ///< the sender's own durable row; its owner names the sender
  std::vector<RowMark> known;  ///< what the sender holds of any incarnation of the receiver
  bool has_entry = false;      ///< the sender has a lane that lets cars in
  bool operator==(const Hello&) const = default;
};

/// The answer that makes the connection usable. Same fields, from the side that listened.
struct Welcome {
  std::uint32_t protocol = protocol_version;
  LotId lot;
  RowCopy row;
  std::vector<RowMark> known;
  bool has_entry = false;
  bool operator==(const Welcome&) const = default;
};

enum class RefusalCode : std::uint8_t {
  other_protocol,     ///< the two programs are of versions that cannot talk
  other_lot,          ///< the two belong to different lots
  superseded,         ///< a later incarnation of the sender's gate was accepted
  gate_id_taken,      ///< another incarnation of this gate id holds a lease
  not_understood,     ///< a message out of place or out of bounds
  too_many,           ///< a limit on gates or incarnations is reached
  already_connected,  ///< two connections crossed; the other one stays
  retired,            ///< this store's row was retired or has left; it admits nothing any more
};

/// Sent before a connection is closed on purpose.
struct Refusal {
  RefusalCode code = RefusalCode::not_understood;
  std::string text;  ///< what to do about it, for people
  bool operator==(const Refusal&) const = default;
};

/// In which order demand is met, the last one first (ledger rule 6).
enum class DemandRank : std::uint8_t {
  waiting,       ///< cars
  capacity_cut,  ///< the office: a lower capacity that is not paid yet
  debt,          ///< permits below 0: cars passed without one
};

/// Pushes the sender's row and, with `wanted` above 0, asks for permits.
struct Inquiry {
  std::uint64_t id = 0;  ///< rises with each inquiry of one sender; one gift per id
  Count wanted = 0;      ///< permits missing for what `rank` says; 0 when only informing
  DemandRank rank = DemandRank::waiting;
  bool leaving = false;  ///< the sender leaves the lot: whoever has replied gives it nothing more
  RowCopy row;
  bool operator==(const Inquiry&) const = default;
};

/// What the holder of a copy had before and has now.
struct RowAck {
  RowMark before;
  RowMark now;
  bool operator==(const RowAck&) const = default;
};

enum class PeerStatus : std::uint8_t { joining, in_service, entries_held, stopped };

/// The answer to an Inquiry: status, count and age as the replier knows them, and its own row.
struct Reply {
  std::uint64_t id = 0;
  PeerStatus status = PeerStatus::joining;
  Count cars_inside = 0;
  Count free = 0;
  Duration age{0};  ///< age of the oldest confirmation behind `cars_inside`
  RowCopy row;
  RowAck ack;
  bool operator==(const Reply&) const = default;
};

/// Keep-alive, each second: which version the sender's own row has.
struct Pulse {
  RowMark own;
  bool operator==(const Pulse&) const = default;
};

/// Every few seconds: all rows the sender holds. The receiver answers with those it has newer.
struct Digest {
  std::vector<RowMark> marks;
  bool operator==(const Digest&) const = default;
};

struct AgedRow {
  RowCopy copy;
  Duration age{0};  ///< since the owner confirmed it, added up hop by hop
  bool operator==(const AgedRow&) const = default;
};

/// Rows of anybody, as repair. At most `max_rows_per_message`; several messages when there are
/// more.
struct Rows {
  std::vector<AgedRow> rows;
  bool operator==(const Rows&) const = default;
};

// --- between the office and the gates: what needs all of them (ledger rules 8 to 11) ------------

/// From the office to every live gate; resent until answered.
struct Order {
  std::uint64_t id = 0;  ///< drawn at random for each round
  /// Let no car in for the next `hold_for`; answer once no admission is on its way through a lane.
  bool hold = false;
  bool pin = false;                 ///< a recount: `left` of this moment is what matters
  bool two_lots = false;            ///< with `hold`: not for a recount alone (ledger rule 8)
  std::vector<Incarnation> freeze;  ///< rows whose owners have stopped for good
  /// With `hold`: what the office had heard of the gates' holds when it sent this.
  std::uint64_t heard = 0;
  bool operator==(const Order&) const = default;

  /// A gate resumes this long after the last order to hold: the office may have died.
  static constexpr Duration hold_for{30000};
};

/// Sent when everything that the order asks for is durable.
struct OrderDone {
  std::uint64_t id = 0;
  std::uint64_t hold_epoch = 0;  ///< another value than before: cars were let in meanwhile
  Count left_when_ordered = 0;   ///< the own row's `left` when the order came
  RowCopy row;                   ///< the sender's own
  std::vector<RowMark> marks;    ///< of all rows that the sender holds
  std::vector<Incarnation> frozen;
  bool operator==(const OrderDone&) const = default;
};

enum class RecountStep : std::uint8_t { begin, count, cancel };

/// An operator's command at a gate, passed on to the office.
struct RecountRequest {
  std::uint64_t id = 0;
  RecountStep step = RecountStep::begin;
  Count inside = 0;  ///< with `count`: cars inside now, those in lanes included
  std::string reason;
  /// With `count`: `Order::heard` of the last order before the number was given. What the office
  /// hears later may have happened after it.
  std::uint64_t heard = 0;
  bool operator==(const RecountRequest&) const = default;
};

struct RecountAnswer {
  std::uint64_t id = 0;
  std::string refused;  ///< empty: accepted
  bool operator==(const RecountAnswer&) const = default;
};

// --- between a gate and the registry -----------------------------------------------------------

/// A gate announces itself; repeating it is harmless.
struct Register {
  std::uint32_t protocol = protocol_version;
  RowOwner owner;
  std::string address;  ///< host:port that others dial
  bool has_entry = false;
  LotId lot;  ///< empty when the gate has never known one
  bool operator==(const Register&) const = default;
};

enum class PeerState : std::uint8_t { alive, late, gone, retired };

struct PeerInfo {
  RowOwner owner;
  std::string address;
  bool has_entry = false;
  PeerState state = PeerState::alive;
  std::vector<Incarnation> superseded;  ///< earlier incarnations of this gate, frozen for good
  bool operator==(const PeerInfo&) const = default;
};

/// Who belongs to the lot. Sent as the answer to Register and pushed on every change.
struct PeerList {
  LotId lot;
  std::string lot_name;
  std::uint64_t revision = 0;
  Duration lease{0};
  std::vector<PeerInfo> peers;  ///< all gates, the receiver too, and the office
  bool operator==(const PeerList&) const = default;
};

/// Keeps the lease; answered by Renewed, or by a Refusal when the registry does not know the gate.
struct Renew {
  RowOwner owner;
  bool operator==(const Renew&) const = default;
};

struct Renewed {
  std::uint64_t revision = 0;
  Duration lease{0};
  bool operator==(const Renewed&) const = default;
};

/// Ends the lease at once.
struct Withdraw {
  RowOwner owner;
  bool operator==(const Withdraw&) const = default;
};

using Message =
    std::variant<Hello, Welcome, Refusal, Inquiry, Reply, Pulse, Digest, Rows, Register, PeerList,
                 Renew, Renewed, Withdraw, Order, OrderDone, RecountRequest, RecountAnswer>;

/// 64 rows of a lot with 64 gates are about 100 kB at worst; 16 stay well below one frame.
inline constexpr std::size_t max_rows_per_message = 16;

}  // namespace parking::core
