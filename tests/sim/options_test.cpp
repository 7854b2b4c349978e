#include "tests/sim/options.hpp"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/refused_words.hpp"

namespace parking::sim {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

using Words = std::vector<const char*>;

std::expected<Options, int> options_for(Words words) {
  words.insert(words.begin(), "parking-sim");
  return parse_options(static_cast<int>(words.size()), words.data());
}

/// What is said of words that are not taken.
std::string refusal_of(const Words& words) {
  return test_support::refusal_of(options_for, words);
}

TEST(SimulatorOptions, AreForAThousandSeedsWithoutWords) {
  const auto options = options_for({});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->campaign.first_seed, 1U);
  EXPECT_EQ(options->campaign.seeds, 1000U);
  EXPECT_EQ(options->campaign.wishes.gates_min, 3U);
  EXPECT_EQ(options->campaign.wishes.gates_max, 8U);
  EXPECT_TRUE(options->campaign.wishes.faults);
  EXPECT_FALSE(options->trace);
  EXPECT_FALSE(options->refusals);
}

TEST(SimulatorOptions, TakeAnySeedThereIs) {
  EXPECT_EQ(options_for({"--seed", "0"})->campaign.first_seed, 0U);
  EXPECT_EQ(options_for({"--seed", "18446744073709551615"})->campaign.first_seed, ~0ULL);
  for (const char* wrong : {"-1", "99999999999999999999", "x", "1.5"})
    EXPECT_THAT(refusal_of({"--seed", wrong}), HasSubstr("--seed: ")) << wrong;
}

TEST(SimulatorOptions, RefuseToRunNothing) {
  for (const char* option : {"--seeds", "--cars", "--jobs", "--gates"})
    EXPECT_THAT(refusal_of({option, "0"}), HasSubstr(option));
  EXPECT_THAT(refusal_of({"--refusals", "--arrivals", "0"}), HasSubstr("--arrivals"));
  EXPECT_THAT(refusal_of({"--gates", "8..3"}), HasSubstr("3..8"));
  EXPECT_THAT(refusal_of({"--gates", "61"}), HasSubstr("1 to 60"));
}

TEST(SimulatorOptions, AreOneSeedOrMany) {
  EXPECT_THAT(refusal_of({"--seed", "3", "--seeds", "5"}), HasSubstr("--seeds is for many"));
  EXPECT_THAT(refusal_of({"--seed", "3", "--first-seed", "5"}), HasSubstr("leave one out"));
  EXPECT_THAT(refusal_of({"--first-seed", "18446744073709551615", "--seeds", "2"}),
              HasSubstr("a smaller one"));
  EXPECT_TRUE(options_for({"--first-seed", "18446744073709551615", "--seeds", "1"}));
}

TEST(SimulatorOptions, TraceOneSeed) {
  EXPECT_THAT(refusal_of({"--trace"}), HasSubstr("--seed N"));
  EXPECT_THAT(refusal_of({"--trace", "--seeds", "1"}), HasSubstr("--seed N"));
  EXPECT_TRUE(options_for({"--trace", "--seed", "4"})->trace);
}

TEST(SimulatorOptions, KeepPartOfASeedThatIsTraced) {
  const auto options =
      options_for({"--seed", "4", "--trace", "--keep-cars", "2..4", "--keep-faults", "none"});
  ASSERT_TRUE(options);
  EXPECT_EQ(options->kept, (Kept{.cars = Places{2, 3, 4}, .faults = Places{}}));
  EXPECT_THAT(refusal_of({"--seed", "4", "--keep-cars", "2"}), HasSubstr("--trace"));
  EXPECT_THAT(refusal_of({"--no-loss"}), HasSubstr("--trace"));
  EXPECT_THAT(refusal_of({"--seed", "4", "--trace", "--keep-acts", "5,2"}), HasSubstr("0,4..7"));
}

TEST(SimulatorOptions, MeasureRefusalsOfOneNumberOfGates) {
  const auto options = options_for({"--refusals", "--gates", "4", "--first-seed", "7"});
  ASSERT_TRUE(options && options->refusals);
  EXPECT_EQ(options->refusals->gates, 4U);
  EXPECT_EQ(options->refusals->seed, 7U);
  EXPECT_EQ(options_for({"--refusals"})->refusals->gates, 10U);
  EXPECT_THAT(refusal_of({"--refusals", "--gates", "3..8"}), HasSubstr("--gates 10"));
}

TEST(SimulatorOptions, RefuseWhatRefusalsWouldNotHeed) {
  EXPECT_THAT(refusal_of({"--refusals", "--seed", "3"}), HasSubstr("--first-seed"));
  EXPECT_THAT(refusal_of({"--refusals", "--seeds", "3"}), HasSubstr("--first-seed"));
  for (const char* flag : {"--trace", "--calm", "--real-store", "--plant-failure", "--progress"})
    EXPECT_THAT(refusal_of({"--refusals", flag}), StartsWith(std::string("parking-sim: ") + flag));
  EXPECT_THAT(refusal_of({"--refusals", "--cars", "9"}), HasSubstr("--cars"));
}

TEST(SimulatorOptions, RefuseWhatIsForRefusalsAlone) {
  EXPECT_THAT(refusal_of({"--loss", "10"}), HasSubstr("--loss is for --refusals"));
  EXPECT_THAT(refusal_of({"--arrivals", "10"}), HasSubstr("--arrivals is for --refusals"));
}

TEST(SimulatorOptions, AreInTheHelpWithTheirDefaults) {
  testing::internal::CaptureStdout();
  const auto options = options_for({"--help"});
  const std::string text = testing::internal::GetCapturedStdout();
  EXPECT_EQ(options ? 1 : options.error(), 0);
  for (const char* part : {"1000", "3..8", "150", "100000", "--keep-cars"})
    EXPECT_THAT(text, HasSubstr(part));
}

}  // namespace
}  // namespace parking::sim
