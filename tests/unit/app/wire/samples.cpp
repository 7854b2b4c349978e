#include "tests/unit/app/wire/samples.hpp"

#include "app/wire/convert.hpp"

namespace parking::wire::samples {

using core::Duration;
using core::Incarnation;
using core::LotId;
using core::RowMark;

core::GateId gate(std::string_view name) {
  return core::GateId::parse(name).value();
}

core::Row gate_row() {
  return {.owner = {gate("north"), Incarnation{0xa1}},
          .version = 9,
          .tag = 0xfedcba9876543210,
          .admitted = 300,
          .entered = 290,
          .backed_out = 7,
          .unadmitted = 2,
          .left = 250,
          .given = {{Incarnation{0xb2}, 11}, {Incarnation{0xc3}, 0}, {Incarnation{~0ULL}, 5}},
          .final_row = true,
          .office = std::nullopt};
}

core::Row office_row() {
  core::Row row;
  row.owner = {core::GateId::office(), Incarnation{0x0ff1ce}};
  row.version = 4;
  row.tag = 17;
  row.given = {{Incarnation{0xa1}, 60}};
  row.office = core::OfficePart{.capacity = 120,
                                .capacity_wanted = 100,
                                .corrected = -3,
                                .reclaimed = {{Incarnation{1}, -8}, {Incarnation{2}, 8}},
                                .retired = {{Incarnation{1}, 33}, {Incarnation{3}, 0}}};
  return row;
}

core::RowCopy copy_of(const core::Row& row) {
  return {.row = row, .bytes = encode_row(row)};
}

core::PeerList peer_list() {
  const core::PeerInfo north{.owner = {gate("north"), Incarnation{0xa1}},
                             .address = "10.0.0.11:7411",
                             .has_entry = true,
                             .state = core::PeerState::late,
                             .superseded = {Incarnation{0xa0}, Incarnation{0x9f}}};
  const core::PeerInfo office{.owner = {core::GateId::office(), Incarnation{0x0ff1ce}},
                              .address = "10.0.0.1:7400",
                              .has_entry = false,
                              .state = core::PeerState::alive,
                              .superseded = {}};
  return {.lot = LotId{0x0ff1ce},
          .lot_name = "Riverside",
          .revision = 12,
          .lease = Duration(15'000),
          .peers = {north, office}};
}

std::vector<core::Message> messages() {
  const std::vector<RowMark> known{{Incarnation{0xa1}, 8, 81}, {Incarnation{0xa0}, 3, 31}};
  const core::RowOwner north{gate("north"), Incarnation{0xa1}};
  return {
      core::Hello{gate("south"), 1, LotId{0x0ff1ce}, copy_of(gate_row()), known, true},
      core::Welcome{2, LotId{0x0ff1ce}, copy_of(office_row()), known, true},
      core::Refusal{core::RefusalCode::gate_id_taken, "choose another name for this gate"},
      core::Inquiry{77, 3, core::DemandRank::debt, true, copy_of(gate_row())},
      core::Reply{77,
                  core::PeerStatus::entries_held,
                  121,
                  -1,
                  Duration(140),
                  copy_of(gate_row()),
                  {known[0], known[1]}},
      core::Pulse{known[0]},
      core::Digest{known},
      core::Rows{{{copy_of(gate_row()), Duration(90)}, {copy_of(office_row()), Duration(0)}}},
      core::Register{1, north, "10.0.0.11:7411", true, LotId{0x0ff1ce}},
      peer_list(),
      core::Renew{north},
      core::Renewed{12, Duration(15'000)},
      core::Withdraw{north},
      core::Order{0xabcd, true, true, true, {Incarnation{0xa0}, Incarnation{0x9f}}, 0x77},
      core::OrderDone{
          0xabcd, 0x1234, 250, copy_of(gate_row()), known, {Incarnation{0xa0}, Incarnation{0x9f}}},
      core::RecountRequest{5, core::RecountStep::count, 37, "counted by two", 0x77},
      core::RecountAnswer{5, "gate \"south\" has not answered; retire it or wait"},
  };
}

core::Snapshot snapshot() {
  core::Snapshot all;
  all.lot = {.name = "Riverside",
             .id = LotId{0x0ff1ce},
             .capacity = 120,
             .capacity_wanted = 100,
             .inside = 37,
             .pending = 1,
             .free = 82,
             .stranded = 4,
             .age = Duration(140),
             .held = true,
             .two_lots = true,
             .left_since_hold = 3};
  all.gate = {.id = "north",
              .incarnation = Incarnation{0xa1},
              .state = core::GateState::entries_held,
              .permits = -2,
              .listen = "127.0.0.1:7411"};
  all.lanes = {{.name = "in",
                .direction = core::LaneDirection::both,
                .state = core::LaneState::refused,
                .reason = core::RefusalReason::lot_full,
                .approach = core::Presence::present,
                .passage = core::Presence::fault,
                .barrier = core::BarrierState::closed,
                .held = 1},
               {.name = "out"}};
  all.peers = {{.id = "south",
                .address = "127.0.0.1:7412",
                .state = core::LinkState::late,
                .age = Duration(90)}};
  all.discovery = {
      .address = "127.0.0.1:7400", .state = core::LinkState::alive, .age = Duration(800)};
  all.alarms = {{.code = "sensor_stuck",
                 .lane = "in",
                 .since = Duration(61'000),
                 .text = "Clean the approach sensor"}};
  all.simulated_board = true;
  all.version = "0.1.0";
  return all;
}

core::Event event(std::uint64_t number) {
  return {.number = number,
          .wall_time_ms = 1'700'000'000'000,
          .kind = "entered",
          .lane = "in",
          .text = "Die Schranke ist auf \xc3\xbc",
          .inside = 38,
          .free = -1};
}

std::vector<LocalRequest> local_requests() {
  return {StatusRequest{},
          WatchRequest{},
          HistoryRequest{10'000, 501},
          SensorRequest{"in", LaneSensor::inner, core::Presence::fault},
          SettleRequest{"in", Settlement::backed_out, "he turned round"},
          SetupRequest{"north", "0.0.0.0:7411", "10.0.0.1:7400"},
          EntriesRequest{false, "resurfacing"},
          StoreTrustRequest{"first start, nobody else is there yet"},
          CapacityRequest{100'000, "the new deck is open"},
          RecountBeginRequest{"the sign is wrong"},
          RecountCountRequest{37, "counted by two"},
          RecountCancelRequest{"tomorrow"},
          RetireRequest{{gate("north"), gate("south")}, "struck by lightning"},
          ImportRequest{"/media/card/caf\xe9/ledger.db", "the Pi is dead, its card is not"},
          TakeOverRequest{"the central Pi's card broke"},
          DismissLotRequest{core::LotId{0x0123456789abcdefU}, "the neighbour's"},
          LeaveRequest{"this lane is closed for good"},
          StoreRenewRequest{"a new card"}};
}

LocalReply local_reply() {
  return {.error = "no lane \"up\"", .snapshot = snapshot(), .events = {event(1), event(2)}};
}

}  // namespace parking::wire::samples
