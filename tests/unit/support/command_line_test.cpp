#include "tests/support/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parking::test_support {
namespace {

using testing::HasSubstr;

struct Parsed {
  std::optional<int> end;
  std::string out;
  std::string err;
  std::uint64_t seed = 0;
};

Parsed parse_words(std::vector<const char*> words) {
  Parsed parsed;
  CLI::App app{"Does something", "program"};
  app.add_option("--seed", parsed.seed)->transform(whole_number(0));
  std::uint64_t few = 3;
  app.add_option("--few", few, "not many")->transform(whole_number(1, 9))->capture_default_str();
  std::string kind;
  app.add_option("--kind", kind)->check(one_of("kind", {"long", "short"}));
  app.callback([&] {
    if (kind == "long" && few < 3) refuse("a long kind needs at least three");
  });
  words.insert(words.begin(), "program");
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  parsed.end = parse(app, static_cast<int>(words.size()), words.data());
  parsed.out = testing::internal::GetCapturedStdout();
  parsed.err = testing::internal::GetCapturedStderr();
  return parsed;
}

TEST(ACommandLine, IsTakenSilently) {
  const Parsed parsed = parse_words({"--seed", "18446744073709551615"});
  EXPECT_FALSE(parsed.end);
  EXPECT_EQ(parsed.seed, 18446744073709551615U);
  EXPECT_EQ(parsed.out + parsed.err, "");
}

TEST(ACommandLine, GivesItsHelpWithDefaults) {
  const Parsed parsed = parse_words({"--help"});
  EXPECT_EQ(parsed.end, 0);
  EXPECT_THAT(parsed.out, HasSubstr("Does something"));
  EXPECT_THAT(parsed.out, HasSubstr("3"));
  EXPECT_THAT(parsed.out, HasSubstr("1..9"));
  EXPECT_EQ(parsed.err, "");
}

TEST(ACommandLine, ThatIsWrongSaysSoAndEndsAsParkingctlDoes) {
  const Parsed unknown = parse_words({"--bogus"});
  EXPECT_EQ(unknown.end, wrong_usage);
  EXPECT_THAT(unknown.err, HasSubstr("program: "));
  EXPECT_THAT(unknown.err, HasSubstr("--bogus"));
  EXPECT_THAT(unknown.err, HasSubstr("see program --help"));
  EXPECT_EQ(unknown.out, "");
  const Parsed refused = parse_words({"--kind", "long", "--few", "2"});
  EXPECT_EQ(refused.end, wrong_usage);
  EXPECT_THAT(refused.err, HasSubstr("a long kind needs at least three"));
}

TEST(AWholeNumber, IsDecimalDigitsAlone) {
  for (const char* wrong : {"-1", "+1", "99999999999999999999", "18446744073709551616", "0x10",
                            "1.5", "1e3", "7 ", "", "seven"}) {
    const Parsed parsed = parse_words({"--seed", wrong});
    EXPECT_EQ(parsed.end, wrong_usage) << wrong;
    EXPECT_THAT(parsed.err, HasSubstr("--seed: ")) << wrong;
  }
  EXPECT_EQ(parse_words({"--seed", "010"}).seed, 10U);
}

TEST(AWholeNumber, StaysInItsRange) {
  EXPECT_FALSE(parse_words({"--few", "1"}).end);
  EXPECT_FALSE(parse_words({"--few", "9"}).end);
  EXPECT_THAT(parse_words({"--few", "0"}).err, HasSubstr("\"0\" is no whole number from 1 to 9"));
  EXPECT_EQ(parse_words({"--few", "10"}).end, wrong_usage);
}

TEST(AName, ThatNobodyHasIsAnsweredWithAllThatThereAre) {
  const Parsed parsed = parse_words({"--kind", "broad"});
  EXPECT_EQ(parsed.end, wrong_usage);
  EXPECT_THAT(parsed.err, HasSubstr("no kind is called \"broad\"; there are long, short"));
  EXPECT_FALSE(parse_words({"--kind", "short"}).end);
}

}  // namespace
}  // namespace parking::test_support
