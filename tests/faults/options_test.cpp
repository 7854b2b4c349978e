#include "tests/faults/options.hpp"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/refused_words.hpp"

namespace parking::faults {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const Kinds kinds{.names = {"cut", "lost", "both-rare"}, .in_turn = 2};

std::expected<Options, int> options_for(std::vector<const char*> words) {
  words.insert(words.begin(), "parking-faults");
  return parse_options(static_cast<int>(words.size()), words.data(), kinds);
}

/// What is said of words that are not taken.
std::string refusal_of(const std::vector<const char*>& words) {
  return test_support::refusal_of(options_for, words);
}

TEST(FaultsOptions, AreForEachKindOnceWithoutWords) {
  const auto options = options_for({});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->settings.faults, 2);
  EXPECT_EQ(options->settings.only, "");
  EXPECT_FALSE(options->only_ask);
}

TEST(FaultsOptions, RefuseAKindThatThereIsNotAndNameAll) {
  EXPECT_THAT(refusal_of({"--only", "bogus"}),
              AllOf(HasSubstr("\"bogus\""), HasSubstr("cut, lost, both-rare")));
  EXPECT_EQ(options_for({"--only", "both-rare"})->settings.only, "both-rare");
}

TEST(FaultsOptions, RefuseNumbersThatAreNone) {
  EXPECT_THAT(refusal_of({"--seed", "-1"}), HasSubstr("--seed: "));
  EXPECT_THAT(refusal_of({"--faults", "0"}), HasSubstr("--faults: "));
  EXPECT_THAT(refusal_of({"more"}), HasSubstr("more"));
}

TEST(FaultsOptions, AreInTheHelpWithTheKinds) {
  testing::internal::CaptureStdout();
  const auto options = options_for({"--help"});
  const std::string text = testing::internal::GetCapturedStdout();
  EXPECT_EQ(options ? 1 : options.error(), 0);
  EXPECT_THAT(text, AllOf(HasSubstr("cut, lost, both-rare"), HasSubstr("faults-logs")));
}

TEST(TheCommandForARun, DealsTheSameFaults) {
  for (const RunSettings& settings : {RunSettings{.faults = 24, .seed = 7},
                                      RunSettings{.faults = 1, .seed = ~0ULL, .only = "lost"}}) {
    std::istringstream text(command_for(settings, "parking-faults"));
    std::vector<std::string> words;
    for (std::string word; text >> word;) words.push_back(word);
    std::vector<const char*> pointers;
    for (const std::string& word : words) pointers.push_back(word.c_str());
    const auto options = parse_options(static_cast<int>(pointers.size()), pointers.data(), kinds);
    ASSERT_TRUE(options);
    EXPECT_EQ(options->settings.faults, settings.faults);
    EXPECT_EQ(options->settings.seed, settings.seed);
    EXPECT_EQ(options->settings.only, settings.only);
  }
}

}  // namespace
}  // namespace parking::faults
