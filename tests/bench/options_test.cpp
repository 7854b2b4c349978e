#include "tests/bench/options.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/refused_words.hpp"

namespace parking::bench {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::expected<CommandLine, int> options_for(std::vector<const char*> words) {
  words.insert(words.begin(), "parking-bench");
  return parse_options(static_cast<int>(words.size()), words.data());
}

/// What is said of words that are not taken.
std::string refusal_of(const std::vector<const char*>& words) {
  return test_support::refusal_of(options_for, words);
}

TEST(BenchOptions, AreForEverythingWithoutWords) {
  const auto line = options_for({});
  ASSERT_TRUE(line);
  EXPECT_TRUE(line->wanted.entry && line->wanted.crossing);
  EXPECT_TRUE(line->wanted.throughput && line->wanted.memory);
  EXPECT_EQ(line->options.rounds, 3000U);
  EXPECT_THAT(line->options.peers, ElementsAre(3, 15, 49));
}

TEST(BenchOptions, AreForWhatIsNamedAlone) {
  const auto line = options_for({"--entry", "--peers", "1", "63", "--rounds", "10"});
  ASSERT_TRUE(line);
  EXPECT_TRUE(line->wanted.entry);
  EXPECT_FALSE(line->wanted.crossing || line->wanted.throughput || line->wanted.memory);
  EXPECT_THAT(line->options.peers, ElementsAre(1, 63));
  EXPECT_EQ(line->options.rounds, 10U);
}

TEST(BenchOptions, RefuseWhatCannotBeMeasured) {
  EXPECT_THAT(refusal_of({"--entry", "--peers", "0"}), HasSubstr("--peers: "));
  EXPECT_THAT(refusal_of({"--peers", "3", "0"}), HasSubstr("--peers: "));
  EXPECT_THAT(refusal_of({"--peers", "64"}), HasSubstr("from 1 to 63"));
  EXPECT_THAT(refusal_of({"--peers", "-1"}), HasSubstr("--peers"));
  EXPECT_THAT(refusal_of({"--rounds", "0"}), HasSubstr("--rounds: "));
  EXPECT_THAT(refusal_of({"--cars", "0"}), HasSubstr("--cars: "));
  EXPECT_THAT(refusal_of({"--folder", "/nowhere/at/all"}), HasSubstr("--folder: "));
  EXPECT_THAT(refusal_of({"--bogus"}), HasSubstr("--bogus"));
}

TEST(BenchOptions, AreQuickWithTheirOwnFigures) {
  EXPECT_THAT(options_for({"--quick"})->options.peers, ElementsAre(3));
  EXPECT_THAT(refusal_of({"--quick", "--rounds", "50"}), HasSubstr("its own --rounds"));
}

TEST(BenchOptions, AreInTheHelpWithTheirDefaults) {
  testing::internal::CaptureStdout();
  const auto line = options_for({"--help"});
  const std::string text = testing::internal::GetCapturedStdout();
  EXPECT_EQ(line ? 1 : line.error(), 0);
  for (const char* part : {"3000", "100000", "49"}) EXPECT_THAT(text, HasSubstr(part));
}

}  // namespace
}  // namespace parking::bench
