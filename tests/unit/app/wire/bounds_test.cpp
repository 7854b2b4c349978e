#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/wire/convert.hpp"
#include "app/wire/parking.pb.h"
#include "tests/unit/app/wire/samples.hpp"

namespace parking::wire {
namespace {

constexpr std::int64_t trillion = 1'000'000'000'000;

/// What decoding says of the sample row after `spoil`; "" when it is accepted.
std::string row_fault(const core::Row& row, const std::function<void(pb::Row&)>& spoil) {
  pb::Row message;
  EXPECT_TRUE(message.ParseFromString(encode_row(row)));
  spoil(message);
  const auto decoded = decode_row(message.SerializeAsString());
  return decoded ? "" : decoded.error().text;
}

std::string gate_row_fault(const std::function<void(pb::Row&)>& spoil) {
  return row_fault(samples::gate_row(), spoil);
}

std::string office_row_fault(const std::function<void(pb::OfficePart&)>& spoil) {
  return row_fault(samples::office_row(), [&](pb::Row& row) { spoil(*row.mutable_office()); });
}

/// The same for the sample message of kind `Core`.
template <typename Core>
std::string message_fault(const std::function<void(pb::Message&)>& spoil) {
  for (const core::Message& sample : samples::messages()) {
    if (!std::holds_alternative<Core>(sample)) continue;
    pb::Message message;
    EXPECT_TRUE(message.ParseFromString(encode(sample)));
    spoil(message);
    const auto decoded = decode(message.SerializeAsString());
    return decoded ? "" : decoded.error().text;
  }
  return "no sample";
}

template <typename List>
void fill_marks(List& marks, int size) {
  marks.Clear();
  for (int i = 1; i <= size; ++i) marks.Add()->set_incarnation(static_cast<std::uint64_t>(i));
}

TEST(ARowOutOfBounds, HasNoOwner) {
  EXPECT_EQ(gate_row_fault([](pb::Row& row) { row.clear_owner(); }), "owner is missing");
  EXPECT_EQ(gate_row_fault([](pb::Row& row) { row.mutable_owner()->set_incarnation(0); }),
            "owner.incarnation is 0, which no incarnation is");
}

TEST(ARowOutOfBounds, IsOwnedByNoGate) {
  for (const std::string name : {"", "North", "a b", "-a"})
    EXPECT_THAT(gate_row_fault([&](pb::Row& row) { row.mutable_owner()->set_gate(name); }),
                testing::StartsWith("owner.gate names no gate: "))
        << name;
  EXPECT_THAT(
      gate_row_fault([](pb::Row& row) { row.mutable_owner()->set_gate(std::string(33, 'a')); }),
      testing::StartsWith("owner.gate names no gate: "));
}

TEST(ARowOutOfBounds, HasACounterBelowZeroOrAboveATrillion) {
  struct Counter {
    std::string name;
    std::function<void(pb::Row&, std::int64_t)> set;
  };
  const std::vector<Counter> counters = {
      {"row.admitted", [](pb::Row& row, std::int64_t n) { row.set_admitted(n); }},
      {"row.entered", [](pb::Row& row, std::int64_t n) { row.set_entered(n); }},
      {"row.backed_out", [](pb::Row& row, std::int64_t n) { row.set_backed_out(n); }},
      {"row.unadmitted", [](pb::Row& row, std::int64_t n) { row.set_unadmitted(n); }},
      {"row.left", [](pb::Row& row, std::int64_t n) { row.set_left(n); }},
      {"row.given", [](pb::Row& row, std::int64_t n) { row.mutable_given(0)->set_permits(n); }},
  };
  for (const auto& [name, set] : counters) {
    const auto fault = [&set](std::int64_t n) {
      return gate_row_fault([&](pb::Row& row) { set(row, n); });
    };
    EXPECT_EQ(fault(0), "") << name;
    EXPECT_EQ(fault(trillion), "") << name;
    EXPECT_EQ(fault(-1), name + " is -1, not 0 to 1000000000000");
    EXPECT_EQ(fault(trillion + 1), name + " is 1000000000001, not 0 to 1000000000000");
  }
}

TEST(ARowOutOfBounds, HasABalanceBeyondATrillionEitherWay) {
  const auto corrected = [](std::int64_t n) {
    return office_row_fault([n](pb::OfficePart& office) { office.set_corrected(n); });
  };
  EXPECT_EQ(corrected(-trillion), "");
  EXPECT_EQ(corrected(trillion), "");
  EXPECT_EQ(corrected(-trillion - 1),
            "row.office.corrected is -1000000000001, beyond 1000000000000 either way");
  EXPECT_EQ(office_row_fault([](pb::OfficePart& office) { office.set_capacity(-trillion - 1); }),
            "row.office.capacity is -1000000000001, beyond 1000000000000 either way");
  EXPECT_EQ(
      office_row_fault([](pb::OfficePart& office) { office.set_capacity_wanted(trillion + 1); }),
      "row.office.capacity_wanted is 1000000000001, beyond 1000000000000 either way");
  EXPECT_EQ(office_row_fault([](pb::OfficePart& office) {
              office.mutable_reclaimed(0)->set_permits(trillion + 1);
            }),
            "row.office.reclaimed is 1000000000001, beyond 1000000000000 either way");
}

TEST(ARowOutOfBounds, HasAVersionThatItsOwnerCouldNeverOvertake) {
  EXPECT_EQ(gate_row_fault([](pb::Row& row) { row.set_version(~0ULL); }),
            "row.version is 18446744073709551615, above 1000000000000");
  EXPECT_EQ(office_row_fault(
                [](pb::OfficePart& office) { office.mutable_retired(0)->set_version(~0ULL); }),
            "row.office.retired is 18446744073709551615, above 1000000000000");
}

TEST(ARowOutOfBounds, NamesAnIncarnationTwiceOrNone) {
  EXPECT_EQ(gate_row_fault([](pb::Row& row) { *row.add_given() = row.given(0); }),
            "row.given names something twice");
  EXPECT_EQ(gate_row_fault([](pb::Row& row) { row.mutable_given(0)->set_incarnation(0); }),
            "row.given is 0, which no incarnation is");
  EXPECT_EQ(office_row_fault(
                [](pb::OfficePart& office) { *office.add_reclaimed() = office.reclaimed(0); }),
            "row.office.reclaimed names something twice");
  EXPECT_EQ(
      office_row_fault([](pb::OfficePart& office) { *office.add_retired() = office.retired(0); }),
      "row.office.retired names something twice");
}

TEST(ARowOutOfBounds, HasMoreEntriesThanALotHasIncarnations) {
  const auto fill = [](auto& list, int size) {
    list.Clear();
    for (int i = 1; i <= size; ++i) list.Add()->set_incarnation(static_cast<std::uint64_t>(i));
  };
  EXPECT_EQ(gate_row_fault([&](pb::Row& row) { fill(*row.mutable_given(), 1024); }), "");
  EXPECT_EQ(gate_row_fault([&](pb::Row& row) { fill(*row.mutable_given(), 1025); }),
            "row.given has 1025 entries; at most 1024 are accepted");
  EXPECT_EQ(
      office_row_fault([&](pb::OfficePart& office) { fill(*office.mutable_reclaimed(), 1025); }),
      "row.office.reclaimed has 1025 entries; at most 1024 are accepted");
  EXPECT_EQ(
      office_row_fault([&](pb::OfficePart& office) { fill(*office.mutable_retired(), 1025); }),
      "row.office.retired has 1025 entries; at most 1024 are accepted");
}

TEST(AMessageOutOfBounds, CarriesARowThatIsNone) {
  EXPECT_EQ(message_fault<core::Hello>([](auto& m) { m.mutable_hello()->clear_row(); }),
            "row: owner is missing");
  EXPECT_EQ(message_fault<core::Welcome>([](auto& m) { m.mutable_welcome()->set_row("\xff"); }),
            "row: these bytes are no row");
  EXPECT_EQ(message_fault<core::Inquiry>([](auto& m) { m.mutable_inquiry()->clear_row(); }),
            "row: owner is missing");
  EXPECT_EQ(message_fault<core::Reply>([](auto& m) { m.mutable_reply()->clear_row(); }),
            "row: owner is missing");
  EXPECT_EQ(message_fault<core::Rows>([](auto& m) { m.mutable_rows()->add_rows(); }),
            "row: owner is missing");
}

TEST(AMessageOutOfBounds, HasMarksOfTooManyIncarnationsOrOfOneTwice) {
  const std::string too_many = " has 1025 entries; at most 1024 are accepted";
  EXPECT_EQ(message_fault<core::Hello>(
                [](auto& m) { fill_marks(*m.mutable_hello()->mutable_known(), 1025); }),
            "known" + too_many);
  EXPECT_EQ(message_fault<core::Digest>(
                [](auto& m) { fill_marks(*m.mutable_digest()->mutable_marks(), 1025); }),
            "marks" + too_many);
  EXPECT_EQ(message_fault<core::Digest>(
                [](auto& m) { *m.mutable_digest()->add_marks() = m.digest().marks(0); }),
            "marks names something twice");
  EXPECT_EQ(message_fault<core::Digest>(
                [](auto& m) { m.mutable_digest()->mutable_marks(0)->set_incarnation(0); }),
            "mark.incarnation is 0, which no incarnation is");
  EXPECT_EQ(message_fault<core::Digest>(
                [](auto& m) { m.mutable_digest()->mutable_marks(0)->set_version(~0ULL); }),
            "mark.version is 18446744073709551615, above 1000000000000");
}

TEST(AMessageOutOfBounds, HasAnEnumValueThatIsMissingOrUnknown) {
  EXPECT_EQ(message_fault<core::Refusal>([](auto& m) { m.mutable_refusal()->clear_code(); }),
            "code has the unknown value 0");
  EXPECT_EQ(message_fault<core::Refusal>(
                [](auto& m) { m.mutable_refusal()->set_code(static_cast<pb::Refusal::Code>(99)); }),
            "code has the unknown value 99");
  EXPECT_EQ(message_fault<core::Reply>([](auto& m) { m.mutable_reply()->clear_status(); }),
            "status has the unknown value 0");
  EXPECT_EQ(message_fault<core::PeerList>(
                [](auto& m) { m.mutable_peer_list()->mutable_peers(0)->clear_state(); }),
            "state has the unknown value 0");
}

TEST(AMessageOutOfBounds, HasATextThatIsTooLong) {
  const auto text = [](std::size_t size) { return std::string(size, 'x'); };
  EXPECT_EQ(
      message_fault<core::Refusal>([&](auto& m) { m.mutable_refusal()->set_text(text(1001)); }),
      "text is longer than 1000 bytes");
  EXPECT_EQ(message_fault<core::Register>(
                [&](auto& m) { m.mutable_register_()->set_address(text(256)); }),
            "address is longer than 255 bytes");
  EXPECT_EQ(message_fault<core::PeerList>(
                [&](auto& m) { m.mutable_peer_list()->mutable_peers(0)->set_address(text(256)); }),
            "address is longer than 255 bytes");
  EXPECT_EQ(message_fault<core::PeerList>(
                [&](auto& m) { m.mutable_peer_list()->set_lot_name(text(201)); }),
            "lot_name is longer than 200 bytes");
}

TEST(AMessageOutOfBounds, GreetsNoGate) {
  EXPECT_THAT(message_fault<core::Hello>([](auto& m) { m.mutable_hello()->clear_to(); }),
              testing::StartsWith("to names no gate: "));
}

TEST(AMessageOutOfBounds, AsksForLessThanNothing) {
  EXPECT_EQ(message_fault<core::Inquiry>([](auto& m) { m.mutable_inquiry()->set_wanted(-1); }),
            "wanted is -1, not 0 to 1000000000000");
}

TEST(AMessageOutOfBounds, CountsBeyondATrillion) {
  EXPECT_EQ(
      message_fault<core::Reply>([](auto& m) { m.mutable_reply()->set_cars_inside(trillion + 1); }),
      "cars_inside is 1000000000001, beyond 1000000000000 either way");
  EXPECT_EQ(message_fault<core::Reply>([](auto& m) { m.mutable_reply()->set_free(-trillion - 1); }),
            "free is -1000000000001, beyond 1000000000000 either way");
}

TEST(AMessageOutOfBounds, HasADurationBelowZeroOrOfAges) {
  EXPECT_EQ(message_fault<core::Reply>([](auto& m) { m.mutable_reply()->set_age_ms(-1); }),
            "age_ms is -1 ms, not 0 to 1000000000000");
  EXPECT_EQ(message_fault<core::Rows>(
                [](auto& m) { m.mutable_rows()->mutable_rows(0)->set_age_ms(trillion + 1); }),
            "age_ms is 1000000000001 ms, not 0 to 1000000000000");
  EXPECT_EQ(message_fault<core::PeerList>([](auto& m) { m.mutable_peer_list()->set_lease_ms(-1); }),
            "lease_ms is -1 ms, not 0 to 1000000000000");
  EXPECT_EQ(message_fault<core::Renewed>([](auto& m) { m.mutable_renewed()->set_lease_ms(-1); }),
            "lease_ms is -1 ms, not 0 to 1000000000000");
}

TEST(AMessageOutOfBounds, LacksTheOneThingItIsFor) {
  EXPECT_EQ(message_fault<core::Pulse>([](auto& m) { m.mutable_pulse()->clear_own(); }),
            "own is missing");
  EXPECT_EQ(message_fault<core::Register>([](auto& m) { m.mutable_register_()->clear_owner(); }),
            "owner is missing");
  EXPECT_EQ(message_fault<core::Renew>([](auto& m) { m.mutable_renew()->clear_owner(); }),
            "owner is missing");
  EXPECT_EQ(message_fault<core::Withdraw>([](auto& m) { m.mutable_withdraw()->clear_owner(); }),
            "owner is missing");
}

TEST(AMessageOutOfBounds, HasMoreRowsThanAPage) {
  EXPECT_EQ(message_fault<core::Rows>([](auto& m) {
              while (m.rows().rows_size() < 17) *m.mutable_rows()->add_rows() = m.rows().rows(0);
            }),
            "rows has 17 entries; at most 16 are accepted");
}

TEST(APeerListOutOfBounds, NamesMoreThanAllGatesAndTheOffice) {
  const auto peers = [](int size) {
    return message_fault<core::PeerList>([size](auto& m) {
      auto& list = *m.mutable_peer_list();
      while (list.peers_size() < size) {
        *list.add_peers() = list.peers(0);
        list.mutable_peers(list.peers_size() - 1)
            ->mutable_owner()
            ->set_incarnation(1000U + static_cast<unsigned>(list.peers_size()));
      }
    });
  };
  EXPECT_EQ(peers(65), "");
  EXPECT_EQ(peers(66), "peers has 66 entries; at most 65 are accepted");
}

TEST(APeerListOutOfBounds, NamesAnIncarnationTwice) {
  EXPECT_EQ(message_fault<core::PeerList>(
                [](auto& m) { *m.mutable_peer_list()->add_peers() = m.peer_list().peers(0); }),
            "peers names something twice");
  EXPECT_EQ(message_fault<core::PeerList>(
                [](auto& m) { m.mutable_peer_list()->mutable_peers(0)->add_superseded(0xa0); }),
            "superseded names something twice");
  EXPECT_EQ(message_fault<core::PeerList>(
                [](auto& m) { m.mutable_peer_list()->mutable_peers(0)->add_superseded(0); }),
            "superseded is 0, which no incarnation is");
}

TEST(APeerListOutOfBounds, HasTooManySupersededIncarnations) {
  EXPECT_EQ(message_fault<core::PeerList>([](auto& m) {
              auto& superseded = *m.mutable_peer_list()->mutable_peers(0)->mutable_superseded();
              superseded.Clear();
              for (std::uint64_t i = 1; i <= 1025; ++i) superseded.Add(i);
            }),
            "superseded has 1025 entries; at most 1024 are accepted");
}

}  // namespace
}  // namespace parking::wire
