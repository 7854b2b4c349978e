#include "tests/exhaustive/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/refused_words.hpp"

namespace parking::exhaustive {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

std::expected<std::vector<Scope>, int> scopes_for(std::vector<const char*> words) {
  words.insert(words.begin(), "parking-exhaustive");
  return parse_options(static_cast<int>(words.size()), words.data());
}

/// What is said of words that are not taken.
std::string refusal_of(const std::vector<const char*>& words) {
  return test_support::refusal_of(scopes_for, words);
}

TEST(TheScopes, AreTheFullOnesUnlessOthersAreAskedFor) {
  EXPECT_EQ(scopes_for({})->size(), full_scopes().size());
  EXPECT_EQ(scopes_for({"--quick"})->size(), quick_scopes().size());
  EXPECT_EQ(scopes_for({"--mutants"})->size(), mutant_scopes().size());
  EXPECT_EQ(scopes_for({"--limits"})->size(), limit_scopes().size());
}

TEST(TheScopes, AreThoseWhoseNameHasThePartInIt) {
  const auto scopes = scopes_for({"retire", "--quick"});
  ASSERT_TRUE(scopes);
  ASSERT_EQ(scopes->size(), 1U);
  EXPECT_EQ(scopes->front().name, "retire, return");
}

TEST(TheScopes, AreRefusedWhenNoneHasTheNameAndAllAreNamed) {
  EXPECT_THAT(refusal_of({"bogus"}),
              AllOf(HasSubstr("no scope here has \"bogus\""), HasSubstr("\"lost store\"")));
}

TEST(TheScopes, AreOneSetAtATime) {
  EXPECT_THAT(refusal_of({"--quick", "--mutants"}), testing::Not(IsEmpty()));
}

TEST(ACommandLine, WithWordsThatNobodyKnowsIsRefused) {
  EXPECT_THAT(refusal_of({"--bogus"}), HasSubstr("--bogus"));
  EXPECT_THAT(refusal_of({"plain", "more"}), HasSubstr("more"));
}

TEST(ACommandLine, GivesItsHelp) {
  testing::internal::CaptureStdout();
  const auto scopes = scopes_for({"--help"});
  const std::string text = testing::internal::GetCapturedStdout();
  EXPECT_EQ(scopes ? 1 : scopes.error(), 0);
  EXPECT_THAT(text, AllOf(HasSubstr("--mutants"), HasSubstr("NAME")));
}

}  // namespace
}  // namespace parking::exhaustive
