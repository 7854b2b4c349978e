#include "app/wire/row_memo.hpp"

#include <gtest/gtest.h>

#include "app/wire/convert.hpp"

namespace parking::wire {
namespace {

core::Row row(std::uint64_t incarnation, core::Version version) {
  core::Row row;
  row.owner = {*core::GateId::parse("north"), core::Incarnation{incarnation}};
  row.version = version;
  row.tag = incarnation + version;
  row.given[core::Incarnation{9}] = static_cast<core::Count>(version);
  return row;
}

TEST(RowMemo, GivesWhatItKeptAndNothingElse) {
  RowMemo memo;
  const core::Row kept = row(1, 1);
  memo.keep(kept, "bytes");
  ASSERT_NE(memo.find(kept), nullptr);
  EXPECT_EQ(*memo.find(kept), "bytes");
  core::Row changed = kept;
  changed.given[core::Incarnation{9}] += 1;  // the same version, and another content all the same
  EXPECT_EQ(memo.find(changed), nullptr);
  EXPECT_EQ(memo.find(row(65, 1)), nullptr);  // the same place

  memo.keep({kept, "bytes of a row"});
  ASSERT_NE(memo.find("bytes of a row"), nullptr);
  EXPECT_EQ(memo.find("bytes of a row")->row, kept);
  EXPECT_EQ(memo.find(""), nullptr);
}

// Far more rows than the memo has room for, each read and written more than once.
TEST(RowMemo, ChangesNoRow) {
  for (int round = 0; round < 2; ++round) {
    for (std::uint64_t incarnation = 1; incarnation <= 300; ++incarnation) {
      for (core::Version version = 1; version <= 3; ++version) {
        const core::Row sent = row(incarnation, version);
        const std::string bytes = encode_row(sent);
        EXPECT_EQ(encode_row(sent), bytes);
        for (int i = 0; i < 2; ++i) {
          const auto read = decode_row(bytes);
          ASSERT_TRUE(read.has_value());
          EXPECT_EQ(read->row, sent);
          EXPECT_EQ(read->bytes, bytes);
        }
      }
    }
  }
}

TEST(RowMemo, RemembersNoBrokenRow) {
  core::Row negative = row(400, 1);
  negative.left = -1;
  const std::string bytes = encode_row(negative);
  EXPECT_FALSE(decode_row(bytes).has_value());
  EXPECT_FALSE(decode_row(bytes).has_value());
}

}  // namespace
}  // namespace parking::wire
