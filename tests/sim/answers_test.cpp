#include "tests/sim/answers.hpp"

#include <gtest/gtest.h>

namespace parking::sim {
namespace {

constexpr core::Incarnation store{1};
constexpr core::Incarnation row{2};
constexpr core::Incarnation other_row{3};
constexpr std::uint32_t original = 1;
constexpr std::uint32_t copy = 7;

core::OrderDone frozen(core::Incarnation what) {
  core::OrderDone done;
  done.row.row.owner = {*core::GateId::parse("g1"), store};
  done.frozen = {what};
  return done;
}

TEST(TheAnswers, ExcuseNobodyWhoWasNotAnsweredFor) {
  EXPECT_FALSE(Answers{}.only_by_another(original, store, row));
}

TEST(TheAnswers, ExcuseTheOneInWhosePlaceAnotherMachineAnswered) {
  Answers answers;
  answers.heard(copy, frozen(row));
  EXPECT_TRUE(answers.only_by_another(original, store, row));
  EXPECT_FALSE(answers.only_by_another(copy, store, row));
  EXPECT_FALSE(answers.only_by_another(original, store, other_row));
  EXPECT_FALSE(answers.only_by_another(original, other_row, row)) << "another store";
}

TEST(TheAnswers, ExcuseNobodyWhoHasAnsweredHimself) {
  Answers answers;
  answers.heard(copy, frozen(row));
  answers.heard(original, frozen(row));
  EXPECT_FALSE(answers.only_by_another(original, store, row));
}

TEST(TheAnswers, TellWhoHeldForARecount) {
  Answers answers;
  answers.heard(copy, frozen(row));
  EXPECT_TRUE(answers.recounted_by_another(original, store));
  EXPECT_FALSE(answers.recounted_by_another(copy, store));
  answers.heard(original, frozen(row));
  EXPECT_FALSE(answers.recounted_by_another(original, store));
  answers.recount_begins();
  EXPECT_FALSE(answers.recounted_by_another(original, store)) << "nobody was asked yet";
}

}  // namespace
}  // namespace parking::sim
