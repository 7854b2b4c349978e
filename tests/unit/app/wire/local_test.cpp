#include "app/wire/local.hpp"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/wire/frame.hpp"
#include "app/wire/local.pb.h"
#include "tests/unit/app/wire/samples.hpp"

namespace parking::wire {
namespace {

/// What decoding says of the sample request of kind `Kind` after `spoil`; "" when it is accepted.
template <typename Kind>
std::string request_fault(const std::function<void(pb::LocalRequest&)>& spoil) {
  for (const LocalRequest& sample : samples::local_requests()) {
    if (!std::holds_alternative<Kind>(sample)) continue;
    pb::LocalRequest message;
    EXPECT_TRUE(message.ParseFromString(encode(sample)));
    spoil(message);
    const auto decoded = decode_local_request(message.SerializeAsString());
    return decoded ? "" : decoded.error().text;
  }
  return "no sample";
}

std::string reply_fault(const std::function<void(pb::LocalReply&)>& spoil) {
  pb::LocalReply message;
  EXPECT_TRUE(message.ParseFromString(encode(samples::local_reply())));
  spoil(message);
  const auto decoded = decode_local_reply(message.SerializeAsString());
  return decoded ? "" : decoded.error().text;
}

std::string snapshot_fault(const std::function<void(pb::Snapshot&)>& spoil) {
  return reply_fault([&](pb::LocalReply& reply) { spoil(*reply.mutable_snapshot()); });
}

TEST(ALocalRequest, OfEveryKindComesBackAsItWas) {
  const auto all = samples::local_requests();
  ASSERT_EQ(all.size(), std::variant_size_v<LocalRequest>);
  for (std::size_t kind = 0; kind < all.size(); ++kind) {
    ASSERT_EQ(all[kind].index(), kind);
    EXPECT_EQ(decode_local_request(encode(all[kind])).value(), all[kind]) << "kind " << kind;
  }
}

TEST(ALocalRequest, ThatIsNoneIsRefused) {
  EXPECT_EQ(decode_local_request("\xff").error().text, "these bytes are no request");
  EXPECT_EQ(decode_local_request("").error().text, "request is of no kind that this program knows");
}

TEST(ALocalRequest, AsksForAtMostTenThousandEvents) {
  EXPECT_EQ(request_fault<HistoryRequest>([](auto& m) { m.mutable_history()->set_limit(10'001); }),
            "limit is 10001; at most 10000 is accepted");
}

TEST(ALocalRequest, CannotSetASensorToUnknown) {
  EXPECT_EQ(request_fault<SensorRequest>(
                [](auto& m) { m.mutable_sensor()->set_presence(pb::PRESENCE_UNKNOWN); }),
            "presence cannot be set to unknown; use clear, present or fault");
}

TEST(ALocalRequest, NamesEverySensorAndOutcome) {
  for (const auto sensor : {LaneSensor::approach, LaneSensor::passage, LaneSensor::inner}) {
    const LocalRequest request = SensorRequest{"in", sensor, core::Presence::present};
    EXPECT_EQ(decode_local_request(encode(request)).value(), request);
  }
  for (const auto outcome : {Settlement::entered, Settlement::backed_out}) {
    const LocalRequest request = SettleRequest{"in", outcome, "seen"};
    EXPECT_EQ(decode_local_request(encode(request)).value(), request);
  }
}

TEST(ALocalRequest, WithAnUnknownEnumValueIsRefused) {
  EXPECT_EQ(request_fault<SensorRequest>([](auto& m) { m.mutable_sensor()->clear_sensor(); }),
            "sensor has the unknown value 0");
  EXPECT_EQ(request_fault<SensorRequest>([](auto& m) { m.mutable_sensor()->clear_presence(); }),
            "presence has the unknown value 0");
  EXPECT_EQ(request_fault<SettleRequest>([](auto& m) { m.mutable_settle()->clear_outcome(); }),
            "outcome has the unknown value 0");
}

TEST(ALocalRequest, WithControlCharactersInItsReasonIsRefused) {
  for (const char* text : {"two\nlines", "\x1b[2Jgone", "tab\tbed", "del\x7f",
                           "c1 \xc2\x9b"
                           "2J"})
    EXPECT_EQ(
        request_fault<CapacityRequest>([&](auto& m) { m.mutable_capacity()->set_reason(text); }),
        "reason has a line break or another control character; write one plain line");
}

TEST(ALocalRequest, WithATextThatIsTooLongIsRefused) {
  const std::string text(1001, 'x');
  EXPECT_EQ(request_fault<SensorRequest>([&](auto& m) { m.mutable_sensor()->set_lane(text); }),
            "lane is longer than 200 bytes");
  EXPECT_EQ(request_fault<SettleRequest>([&](auto& m) { m.mutable_settle()->set_lane(text); }),
            "lane is longer than 200 bytes");
  EXPECT_EQ(request_fault<SettleRequest>([&](auto& m) { m.mutable_settle()->set_reason(text); }),
            "reason has 1001 characters; at most 200 are kept");
  EXPECT_EQ(request_fault<EntriesRequest>([&](auto& m) { m.mutable_entries()->set_reason(text); }),
            "reason has 1001 characters; at most 200 are kept");
  EXPECT_EQ(
      request_fault<StoreTrustRequest>([&](auto& m) { m.mutable_store_trust()->set_reason(text); }),
      "reason has 1001 characters; at most 200 are kept");
  EXPECT_EQ(
      request_fault<CapacityRequest>([&](auto& m) { m.mutable_capacity()->set_reason(text); }),
      "reason has 1001 characters; at most 200 are kept");
  EXPECT_EQ(request_fault<RecountBeginRequest>(
                [&](auto& m) { m.mutable_recount_begin()->set_reason(text); }),
            "reason has 1001 characters; at most 200 are kept");
  EXPECT_EQ(request_fault<RecountCountRequest>(
                [&](auto& m) { m.mutable_recount_count()->set_reason(text); }),
            "reason has 1001 characters; at most 200 are kept");
  EXPECT_EQ(request_fault<RecountCancelRequest>(
                [&](auto& m) { m.mutable_recount_cancel()->set_reason(text); }),
            "reason has 1001 characters; at most 200 are kept");
  EXPECT_EQ(request_fault<RetireRequest>([&](auto& m) { m.mutable_retire()->set_reason(text); }),
            "reason has 1001 characters; at most 200 are kept");
  EXPECT_EQ(request_fault<ImportRequest>([&](auto& m) { m.mutable_import()->set_reason(text); }),
            "reason has 1001 characters; at most 200 are kept");
  EXPECT_EQ(
      request_fault<TakeOverRequest>([&](auto& m) { m.mutable_take_over()->set_reason(text); }),
      "reason has 1001 characters; at most 200 are kept");
  EXPECT_EQ(
      request_fault<DismissLotRequest>([&](auto& m) { m.mutable_dismiss_lot()->set_reason(text); }),
      "reason has 1001 characters; at most 200 are kept");
  EXPECT_EQ(request_fault<LeaveRequest>([&](auto& m) { m.mutable_leave()->set_reason(text); }),
            "reason has 1001 characters; at most 200 are kept");
  EXPECT_EQ(
      request_fault<StoreRenewRequest>([&](auto& m) { m.mutable_store_renew()->set_reason(text); }),
      "reason has 1001 characters; at most 200 are kept");
  EXPECT_EQ(request_fault<SetupRequest>([&](auto& m) { m.mutable_setup()->set_gate_id(text); }),
            "gate_id is longer than 200 bytes");
  EXPECT_EQ(request_fault<SetupRequest>([&](auto& m) { m.mutable_setup()->set_listen(text); }),
            "listen is longer than 255 bytes");
  EXPECT_EQ(request_fault<SetupRequest>([&](auto& m) { m.mutable_setup()->set_discovery(text); }),
            "discovery is longer than 255 bytes");
}

TEST(ALocalRequest, TakesWhatPeopleTypedEvenWhenItIsNoUtf8) {
  const LocalRequest request = EntriesRequest{false, "caf\xe9"};
  EXPECT_EQ(decode_local_request(encode(request)).value(),
            LocalRequest(EntriesRequest{false, "caf?"}));
}

TEST(ALocalRequest, NamesNoMoreSpacesOrCarsThanALotHas) {
  const auto capacity = [](std::int64_t n) {
    return request_fault<CapacityRequest>([n](auto& m) { m.mutable_capacity()->set_capacity(n); });
  };
  EXPECT_EQ(capacity(0), "");
  EXPECT_EQ(capacity(100'000), "");
  EXPECT_EQ(capacity(-1), "capacity is -1, not 0 to 100000");
  EXPECT_EQ(capacity(100'001), "capacity is 100001, not 0 to 100000");
  const auto inside = [](std::int64_t n) {
    return request_fault<RecountCountRequest>(
        [n](auto& m) { m.mutable_recount_count()->set_inside(n); });
  };
  EXPECT_EQ(inside(0), "");
  EXPECT_EQ(inside(1'000'000), "");
  EXPECT_EQ(inside(-1), "inside is -1, not 0 to 1000000");
  EXPECT_EQ(inside(1'000'001), "inside is 1000001, not 0 to 1000000");
}

TEST(ALocalRequest, RetiresGatesOfWhichEachIsNamedOnce) {
  const auto fault = [](const std::vector<std::string>& gates) {
    return request_fault<RetireRequest>([&](auto& m) {
      m.mutable_retire()->clear_gates();
      for (const std::string& gate : gates) m.mutable_retire()->add_gates(gate);
    });
  };
  EXPECT_EQ(fault({"north"}), "");
  EXPECT_EQ(fault({}), "gates is missing");
  EXPECT_EQ(fault({"north", "south", "north"}), "gates names something twice");
  EXPECT_THAT(fault({"North"}), testing::StartsWith("gates names no gate: "));
  EXPECT_EQ(fault(std::vector<std::string>(65, "north")),
            "gates has 65 entries; at most 64 are accepted");
}

TEST(ALocalRequest, ImportsAFileThatIsNamedFromTheRoot) {
  const auto fault = [](const std::string& file) {
    return request_fault<ImportRequest>([&](auto& m) { m.mutable_import()->set_file(file); });
  };
  EXPECT_EQ(fault("/" + std::string(4095, 'x')), "");
  EXPECT_EQ(fault("/" + std::string(4096, 'x')), "file is longer than 4096 bytes");
  for (const std::string& file : {std::string("ledger.db"), std::string(), std::string("/a\0b", 4)})
    EXPECT_EQ(fault(file), "file is no absolute path");
}

TEST(ALocalReply, ComesBackAsItWas) {
  EXPECT_EQ(decode_local_reply(encode(samples::local_reply())).value(), samples::local_reply());
  EXPECT_EQ(decode_local_reply(encode(LocalReply{})).value(), LocalReply{});
  EXPECT_EQ(decode_local_reply("\xff").error().text, "these bytes are no reply");
}

TEST(ALocalReply, OfAGateInSetupHasNoGateId) {
  LocalReply reply;
  reply.snapshot = core::Snapshot{};
  EXPECT_EQ(decode_local_reply(encode(reply)).value(), reply);
}

TEST(ALocalReply, SendsTheNewestEventsOfMoreThanFitAFrame) {
  LocalReply reply{.error = "", .snapshot = samples::snapshot(), .events = {}};
  for (std::uint64_t number = 1; number <= 10'000; ++number)
    reply.events.push_back(samples::event(number));
  const std::string payload = encode(reply);
  EXPECT_TRUE(frame(payload));
  const LocalReply decoded = decode_local_reply(payload).value();
  ASSERT_GT(decoded.events.size(), 500U);
  EXPECT_EQ(decoded.events.back().number, 10'000U);
  EXPECT_EQ(decoded.events.front().number, 10'001U - decoded.events.size());
}

template <typename Enum>
void keeps_every(Enum last, const std::function<Enum&(core::Snapshot&)>& field) {
  for (int value = 0; value <= static_cast<int>(last); ++value) {
    LocalReply reply = samples::local_reply();
    field(*reply.snapshot) = static_cast<Enum>(value);
    EXPECT_EQ(decode_local_reply(encode(reply)).value(), reply) << value;
  }
}

TEST(ASnapshot, KeepsEveryStateThatItShows) {
  using core::Snapshot;
  keeps_every<core::GateState>(
      core::GateState::retired, [](Snapshot & s) -> auto& { return s.gate.state; });
  keeps_every<core::LaneDirection>(
      core::LaneDirection::both, [](Snapshot & s) -> auto& { return s.lanes[0].direction; });
  keeps_every<core::LaneState>(
      core::LaneState::fault, [](Snapshot & s) -> auto& { return s.lanes[0].state; });
  keeps_every<core::RefusalReason>(
      core::RefusalReason::fire, [](Snapshot & s) -> auto& { return s.lanes[0].reason; });
  keeps_every<core::Presence>(
      core::Presence::fault, [](Snapshot & s) -> auto& { return s.lanes[0].approach; });
  keeps_every<core::BarrierState>(
      core::BarrierState::open, [](Snapshot & s) -> auto& { return s.lanes[0].barrier; });
  keeps_every<core::LinkState>(
      core::LinkState::retired, [](Snapshot & s) -> auto& { return s.peers[0].state; });
}

TEST(ASnapshotOutOfBounds, LacksAPart) {
  EXPECT_EQ(snapshot_fault([](auto& s) { s.clear_lot(); }), "snapshot.lot is missing");
  EXPECT_EQ(snapshot_fault([](auto& s) { s.clear_gate(); }), "snapshot.gate is missing");
  EXPECT_EQ(snapshot_fault([](auto& s) { s.clear_discovery(); }), "snapshot.discovery is missing");
}

TEST(ASnapshotOutOfBounds, HasAFigureThatNoLotHas) {
  EXPECT_EQ(snapshot_fault([](auto& s) { s.mutable_lot()->set_inside(1'000'000'000'001); }),
            "lot.inside is 1000000000001, beyond 1000000000000 either way");
  EXPECT_EQ(snapshot_fault([](auto& s) { s.mutable_lot()->set_age_ms(-1); }),
            "lot.age_ms is -1 ms, not 0 to 1000000000000");
  EXPECT_EQ(snapshot_fault([](auto& s) { s.mutable_lot()->set_left_since_hold(-1); }),
            "lot.left_since_hold is -1, not 0 to 1000000000000");
  EXPECT_EQ(snapshot_fault([](auto& s) { s.mutable_lanes(0)->set_held(-1); }),
            "lane.held is -1, not 0 to 1000000000000");
}

TEST(ASnapshotOutOfBounds, HasAnUnknownState) {
  EXPECT_EQ(snapshot_fault([](auto& s) { s.mutable_gate()->clear_state(); }),
            "gate.state has the unknown value 0");
  EXPECT_EQ(snapshot_fault([](auto& s) { s.mutable_lanes(0)->clear_reason(); }),
            "lane.reason has the unknown value 0");
}

TEST(ASnapshotOutOfBounds, IsLongerThanAnySiteNeeds) {
  EXPECT_EQ(snapshot_fault([](auto& s) {
              while (s.lanes_size() < 65) *s.add_lanes() = s.lanes(0);
            }),
            "snapshot.lanes has 65 entries; at most 64 are accepted");
  EXPECT_EQ(snapshot_fault([](auto& s) {
              while (s.peers_size() < 66) *s.add_peers() = s.peers(0);
            }),
            "snapshot.peers has 66 entries; at most 65 are accepted");
  EXPECT_EQ(snapshot_fault([](auto& s) {
              while (s.alarms_size() < 257) *s.add_alarms() = s.alarms(0);
            }),
            "snapshot.alarms has 257 entries; at most 256 are accepted");
  EXPECT_EQ(snapshot_fault([](auto& s) { s.mutable_alarms(0)->set_text(std::string(1001, 'x')); }),
            "alarm.text is longer than 1000 bytes");
}

TEST(ALocalReplyOutOfBounds, HasMoreThanTenThousandEvents) {
  EXPECT_EQ(reply_fault([](auto& r) {
              while (r.events_size() < 10'001) *r.add_events() = r.events(0);
            }),
            "events has 10001 entries; at most 10000 are accepted");
  EXPECT_EQ(reply_fault([](auto& r) { r.mutable_events(0)->set_kind(std::string(201, 'x')); }),
            "event.kind is longer than 200 bytes");
}

}  // namespace
}  // namespace parking::wire
