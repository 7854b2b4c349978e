#include "app/wire/convert.hpp"

#include <gtest/gtest.h>

#include "app/wire/frame.hpp"
#include "app/wire/parking.pb.h"
#include "tests/unit/app/wire/samples.hpp"

namespace parking::wire {
namespace {

using core::Incarnation;

/// A field with the number 1000 that no program of today knows: "later".
const std::string unknown_field("\xc2\x3e\x05later", 8);

TEST(AMessage, OfEveryKindComesBackAsItWas) {
  const auto all = samples::messages();
  ASSERT_EQ(all.size(), std::variant_size_v<core::Message>);
  for (std::size_t kind = 0; kind < all.size(); ++kind) {
    ASSERT_EQ(all[kind].index(), kind);
    const auto decoded = decode(encode(all[kind]));
    ASSERT_TRUE(decoded) << "kind " << kind << ": " << decoded.error().text;
    EXPECT_EQ(*decoded, all[kind]) << "kind " << kind;
  }
}

TEST(AMessage, HasOnlyTheseBytesOnTheWire) {
  const std::string payload = encode(core::Pulse{{Incarnation{0x0102030405060708}, 300, 5}});
  const std::string expected(
      "\x32\x17"                               // field 6 (pulse), 23 bytes
      "\x0a\x15"                               // field 1 (own), 21 bytes
      "\x09\x08\x07\x06\x05\x04\x03\x02\x01"   // field 1 (incarnation), fixed, low byte first
      "\x10\xac\x02"                           // field 2 (version), 300
      "\x19\x05\x00\x00\x00\x00\x00\x00\x00",  // field 3 (tag), fixed
      25);
  EXPECT_EQ(payload, expected);
}

TEST(AMessage, FitsAFrameWhenItIsTheLongestListOfMarks) {
  core::Digest digest;
  for (std::uint64_t i = 1; i <= core::max_incarnations; ++i)
    digest.marks.push_back({Incarnation{~i}, 1'000'000'000'000, ~i});
  const std::string payload = encode(digest);
  EXPECT_TRUE(frame(payload)) << payload.size();
  EXPECT_EQ(decode(payload).value(), core::Message(digest));
}

TEST(AMessage, FitsAFrameWhenItIsAPageOfUsualRows) {
  core::Row row = samples::gate_row();
  row.given.clear();
  for (std::uint64_t i = 1; i <= core::max_gates; ++i) row.given[Incarnation{~i}] = 1000;
  const core::Rows rows{std::vector<core::AgedRow>(core::max_rows_per_message,
                                                   {samples::copy_of(row), core::Duration(5)})};
  EXPECT_TRUE(frame(encode(rows)));
}

TEST(AMessage, KeepsEveryRefusalCode) {
  for (int code = 0; code <= static_cast<int>(core::RefusalCode::too_many); ++code) {
    const core::Message refusal = core::Refusal{static_cast<core::RefusalCode>(code), "why"};
    EXPECT_EQ(decode(encode(refusal)).value(), refusal);
  }
}

TEST(AMessage, KeepsEveryPeerStatus) {
  for (int status = 0; status <= static_cast<int>(core::PeerStatus::stopped); ++status) {
    core::Reply reply;
    reply.status = static_cast<core::PeerStatus>(status);
    reply.row = samples::copy_of(samples::gate_row());
    EXPECT_EQ(decode(encode(reply)).value(), core::Message(reply));
  }
}

TEST(AMessage, KeepsEveryPeerState) {
  for (int state = 0; state <= static_cast<int>(core::PeerState::retired); ++state) {
    core::PeerList list = samples::peer_list();
    list.peers.front().state = static_cast<core::PeerState>(state);
    EXPECT_EQ(decode(encode(list)).value(), core::Message(list));
  }
}

TEST(AMessage, OfANewerProgramIsReadWithoutWhatItAdded) {
  const core::Message pulse = core::Pulse{{Incarnation{1}, 2, 3}};
  EXPECT_EQ(decode(encode(pulse) + unknown_field).value(), pulse);
}

TEST(AMessage, ThatIsNoneIsRefused) {
  EXPECT_EQ(decode("\xff\xff").error().text, "these bytes are no message");
  EXPECT_EQ(decode("").error().text, "message is of no kind that this program knows");
  EXPECT_EQ(decode(unknown_field).error().text, "message is of no kind that this program knows");
}

TEST(AMessage, WithATextThatIsNoUtf8IsRefusedInSilence) {
  pb::Message message;
  message.mutable_refusal()->set_code(pb::Refusal::TOO_MANY);
  message.mutable_refusal()->set_text("ab");
  std::string payload = message.SerializeAsString();
  payload.back() = '\xff';
  testing::internal::CaptureStderr();
  EXPECT_EQ(decode(payload).error().text, "these bytes are no message");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(AMessage, WritesAnAgeThatWasNeverTakenAsTheLongest) {
  core::Rows rows{{{samples::copy_of(samples::gate_row()), core::Duration::max()}}};
  rows = std::get<core::Rows>(decode(encode(rows)).value());
  EXPECT_EQ(rows.rows.front().age, core::Duration(1'000'000'000'000));
}

TEST(AMessage, CutsTextsForPeopleInsteadOfBecomingUnreadable) {
  const core::Refusal refusal{core::RefusalCode::too_many, std::string(2000, 'x') + "\xff"};
  const auto decoded = std::get<core::Refusal>(decode(encode(refusal)).value());
  EXPECT_EQ(decoded.text, std::string(1000, 'x'));
}

TEST(AReply, LeavesOutTheMarksOfCopiesThatNeverWere) {
  core::Reply reply;
  reply.row = samples::copy_of(samples::gate_row());
  reply.ack.now = {Incarnation{1}, 2, 3};
  EXPECT_EQ(decode(encode(reply)).value(), core::Message(reply));
}

TEST(ARow, ComesBackAsItWasWithItsBytes) {
  for (const core::Row& row : {samples::gate_row(), samples::office_row()}) {
    const std::string bytes = encode_row(row);
    EXPECT_EQ(decode_row(bytes).value(), (core::RowCopy{row, bytes}));
  }
}

TEST(ARow, HasTheSameBytesHoweverItsMapsWereFilled) {
  core::Row forwards = samples::gate_row();
  core::Row backwards = forwards;
  forwards.given.clear();
  backwards.given.clear();
  for (std::uint64_t i = 1; i <= 50; ++i) forwards.given[Incarnation{i}] = 1;
  for (std::uint64_t i = 50; i >= 1; --i) backwards.given[Incarnation{i}] = 1;
  EXPECT_EQ(encode_row(forwards), encode_row(backwards));
}

TEST(ARow, WithFieldsOfANewerProgramIsPassedOnByteForByte) {
  const std::string bytes = encode_row(samples::gate_row()) + unknown_field;
  const core::RowCopy copy = decode_row(bytes).value();
  EXPECT_EQ(copy.row, samples::gate_row());
  EXPECT_EQ(copy.bytes, bytes);

  const auto passed_on =
      std::get<core::Rows>(decode(encode(core::Rows{{{copy, core::Duration(1)}}})).value());
  EXPECT_EQ(passed_on.rows.front().copy.bytes, bytes);
}

TEST(ARow, OfAGateThatHasWrittenNothingStillNamesIt) {
  core::Row row;
  row.owner = {samples::gate("north"), Incarnation{1}};
  EXPECT_EQ(decode_row(encode_row(row)).value().row, row);
}

TEST(APeerList, IsStoredAsItIsSent) {
  const auto list = samples::peer_list();
  EXPECT_EQ(decode_peer_list(encode_peer_list(list)).value(), list);
  EXPECT_EQ(decode_peer_list("\xff").error().text, "these bytes are no list of peers");
}

}  // namespace
}  // namespace parking::wire
