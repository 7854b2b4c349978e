#include "app/wire/text.hpp"

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

}  // namespace
}  // namespace parking::wire
