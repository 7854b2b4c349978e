#include "app/wire/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parking::wire {
namespace {

TEST(ReadableText, IsLeftAloneWhenItIsUtf8AndShortEnough) {
  const std::string text = "Gr\xc3\xbc\xc3\x9f Gott \xe2\x82\xac \xf0\x9f\x9a\x97";
  EXPECT_EQ(readable(text, text.size()), text);
}

TEST(ReadableText, IsCutAtACharacter) {
  EXPECT_EQ(readable("ab\xc3\xbc", 4), "ab\xc3\xbc");
  EXPECT_EQ(readable("ab\xc3\xbc", 3), "ab");
}

TEST(ReadableText, HasAQuestionMarkForEachByteThatIsNoUtf8) {
  EXPECT_EQ(readable("a\xff"
                     "b",
                     10),
            "a?b");
  EXPECT_EQ(readable("\xc3", 10), "?");                 // cut short
  EXPECT_EQ(readable("\xc0\xaf", 10), "??");            // overlong
  EXPECT_EQ(readable("\xe0\x80\x80", 10), "???");       // overlong
  EXPECT_EQ(readable("\xf0\x80\x80\x80", 10), "????");  // overlong
  EXPECT_EQ(readable("\xed\xa0\x80", 10), "???");       // surrogate
  EXPECT_EQ(readable("\xf4\x90\x80\x80", 10), "????");  // beyond U+10FFFF
}

TEST(HarmlessText, KeepsWhatPeopleRead) {
  const std::string text = "Gr\xc3\xbc\xc3\x9f Gott \xc2\xa0\xe2\x82\xac \xf0\x9f\x9a\x97 ~";
  EXPECT_EQ(harmless(text), text);
}

TEST(HarmlessText, HasAQuestionMarkForWhatATerminalObeys) {
  EXPECT_EQ(harmless("a\nb\tc\x1b[2J\x7f"), "a?b?c?[2J?");
  EXPECT_EQ(harmless("\xc2\x9b"
                     "2J"),
            "?2J");  // C1, as UTF-8
  EXPECT_EQ(harmless("\x9b"
                     "2J"),
            "?2J");  // C1, as one byte
  EXPECT_EQ(harmless(std::string_view("\0", 1)), "?");
}

TEST(AReason, IsAPlainLineOfAtMostTwoHundredCharacters) {
  std::string longest;
  for (std::size_t i = 0; i < longest_reason; ++i) longest += "\xc3\xbc";
  EXPECT_EQ(reason_fault(longest), "");
  EXPECT_EQ(reason_fault(longest + "x"), "has 201 characters; at most 200 are kept");
  EXPECT_EQ(reason_fault(""), "");
  EXPECT_EQ(reason_fault("caf\xc3\xa9"), "");
  EXPECT_THAT(reason_fault("caf\xe9"), testing::StartsWith("is not UTF-8"));
  for (const char* text : {"a\nb", "a\rb", "\x1b[31m", "\xc2\x85"})
    EXPECT_EQ(reason_fault(text),
              "has a line break or another control character; write one plain line");
}

}  // namespace
}  // namespace parking::wire
