#include <ostream>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/exhaustive/fingerprints.hpp"
#include "tests/exhaustive/search.hpp"

namespace parking::exhaustive {

void PrintTo(const Scope& scope, std::ostream* out) {
  *out << scope.name << ": " << bounds_of(scope);
}

namespace {

using testing::IsEmpty;
using testing::Not;

std::string lines(const std::vector<std::string>& steps) {
  std::string text;
  for (const std::string& step : steps) text += "\n  " + step;
  return text;
}

class EverySmallCarPark : public testing::TestWithParam<Scope> {};

TEST_P(EverySmallCarPark, KeepsItsPromisesInEveryState) {
  const Result result = search(GetParam());
  EXPECT_THAT(result.violation, IsEmpty()) << lines(result.trace);
  EXPECT_TRUE(result.complete) << "the limit on states was reached";
  EXPECT_GT(result.states, 1000U);
  EXPECT_GT(result.gates, 0U) << "no gate of the core was asked";
  RecordProperty("states", std::to_string(result.states));
}

class EachBrokenRule : public testing::TestWithParam<Scope> {};

TEST_P(EachBrokenRule, IsFoundWithTheStepsThatShowIt) {
  const Result result = search(GetParam());
  EXPECT_THAT(result.violation, Not(IsEmpty())) << result.states << " states";
  EXPECT_THAT(result.trace, Not(IsEmpty()));
  std::printf("%s:%s\n  => %s\n", GetParam().name.c_str(), lines(result.trace).c_str(),
              result.violation.c_str());
}

// The same bounds without the broken rule: it is the rule that was missed.
TEST_P(EachBrokenRule, IsWhatMakesTheDifference) {
  Scope scope = GetParam();
  scope.mutant = Mutant::none;
  scope.most_states = 100'000;
  const Result result = search(scope);
  EXPECT_THAT(result.violation, IsEmpty()) << lines(result.trace);
}

std::string test_name(const testing::TestParamInfo<Scope>& scope) {
  std::string name;
  bool starts_word = true;
  for (const char c : scope.param.name) {
    const bool letter = c >= 'a' && c <= 'z';
    if (letter) name.push_back(starts_word ? static_cast<char>(c - 'a' + 'A') : c);
    starts_word = !letter;
  }
  return name;
}

// A bound that is too tight would make the rest true of nothing.
TEST(TheSmallCarParks, SeeEachActEnd) {
  std::set<std::string_view> seen;
  for (const Scope& scope : quick_scopes())
    for (const auto& [step, count] : search(scope).steps) seen.insert(step);
  for (const std::string_view step : {"opens",
                                      "sees the car pass",
                                      "sees the car back out",
                                      "lets a car out",
                                      "sees a car cross without a permit",
                                      "gives a permit to",
                                      "crashes",
                                      "crashes, and the car drives in",
                                      "is told that a held car entered",
                                      "loses its store",
                                      "hears that a newer store replaces",
                                      "gets its old card back",
                                      "retirement",
                                      "brings its last row to the office",
                                      "closing",
                                      "import",
                                      "has left the lot",
                                      "takeover",
                                      "recount",
                                      "goes on by itself: the hold has run out"})
    EXPECT_TRUE(seen.contains(step)) << step;
}

INSTANTIATE_TEST_SUITE_P(Of, EverySmallCarPark, testing::ValuesIn(quick_scopes()), test_name);
INSTANTIATE_TEST_SUITE_P(That, EachBrokenRule, testing::ValuesIn(mutant_scopes()), test_name);

TEST(ASearch, SaysWhenItsLimitWasReached) {
  Scope scope = quick_scopes().front();
  scope.most_states = 100;
  const Result result = search(scope);
  EXPECT_FALSE(result.complete);
  EXPECT_THAT(result.violation, IsEmpty());
  EXPECT_EQ(result.states, 100U);
}

TEST(ASearch, FindsTheSameStatesEachTime) {
  const Scope scope = quick_scopes().front();
  const Result one = search(scope);
  const Result other = search(scope);
  EXPECT_EQ(one.states, other.states);
  EXPECT_EQ(one.transitions, other.transitions);
}

TEST(AState, ComesBackFromItsBytes) {
  Model model(quick_scopes().back());
  std::vector<State> states{model.initial()};
  std::set<std::string> seen;
  for (std::size_t i = 0; i < states.size() && seen.size() < 2000; ++i) {
    const std::string bytes = pack(states[i], model.nodes());
    EXPECT_EQ(pack(unpack(bytes, model.nodes()), model.nodes()), bytes);
    model.successors(State(states[i]), [&](const Step&, const State& next) {
      if (seen.insert(pack(next, model.nodes())).second) states.push_back(next);
    });
  }
  EXPECT_GE(seen.size(), 2000U);
}

TEST(ASetOfFingerprints, HoldsEachOneOnceHoweverManyThereAre) {
  Fingerprints set;
  for (int round = 0; round < 2; ++round)
    for (int i = 0; i < 200'000; ++i)
      ASSERT_EQ(set.insert(fingerprint(std::to_string(i))), round == 0) << i;
}

TEST(AFingerprint, DiffersForBytesThatDifferInOneBitOrInLength) {
  const std::string bytes(24, '\0');
  std::set<std::uint64_t> seen{fingerprint(bytes), fingerprint(bytes + '\0')};
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string other = bytes;
    other[bit / 8] = static_cast<char>(1U << bit % 8);
    seen.insert(fingerprint(other));
  }
  EXPECT_EQ(seen.size(), 2 + bytes.size() * 8);
}

}  // namespace
}  // namespace parking::exhaustive
