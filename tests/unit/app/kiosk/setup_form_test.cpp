#include "app/kiosk/setup_form.hpp"

#include <QAbstractItemModelTester>
#include <memory>
#include <variant>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/app/kiosk/samples.hpp"

namespace parking::kiosk {
namespace {

using setup::Field;
using setup::Problem;

class ASetupForm : public testing::Test {
protected:
  void type(const QString& text) {
    for (const QChar c : text) form.press(QString(c));
  }

  KeptRequests gate;
  SetupForm form{gate};
  QAbstractItemModelTester tester{&form, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(ASetupForm, BeginsWithWhatIsRightForOneMachineAndWithoutAName) {
  ASSERT_EQ(form.rowCount(), 5);
  EXPECT_EQ(form.active_field(), Field::Name);
  EXPECT_EQ(form.active_problem(), Problem::Empty);
  EXPECT_FALSE(form.ready());
  EXPECT_EQ(at(form, 1, "text"), "127.0.0.1");
  EXPECT_EQ(at(form, 2, "text"), "7411");
  EXPECT_EQ(at(form, 3, "text"), "127.0.0.1");
  EXPECT_EQ(at(form, 4, "text"), "7400");
  for (int row = 1; row < 5; ++row)
    EXPECT_EQ(at(form, row, "problem"), static_cast<int>(Problem::None));
}

TEST_F(ASetupForm, TakesTheKeysThatTheFieldCouldEverHold) {
  type("N.o r/t_h-1");
  EXPECT_EQ(form.active_text(), "nort_h-1");
  form.select(Field::Port);
  form.clear();
  type("a7.4-1_1");
  EXPECT_EQ(form.active_text(), "7411");
  form.select(Field::Address);
  form.clear();
  type("Pi_2.local");
  EXPECT_EQ(form.active_text(), "pi2.local");
}

TEST_F(ASetupForm, IgnoresWhatIsNoSingleKey) {
  form.press("");
  form.press("ab");
  form.press("\b");
  EXPECT_EQ(form.active_text(), "");
}

TEST_F(ASetupForm, StopsWhereTheFieldEnds) {
  type(QString(100, u'a'));
  EXPECT_EQ(form.active_text().size(), 32);
  form.select(Field::Port);
  type("999999");
  EXPECT_EQ(form.active_text(), "74119");
  form.select(Field::DiscoveryAddress);
  type(QString(400, u'a'));
  EXPECT_EQ(form.active_text().size(), 253);
}

TEST_F(ASetupForm, ErasesTheLastKeyAndNothingFromNothing) {
  type("ab");
  form.erase();
  EXPECT_EQ(form.active_text(), "a");
  form.erase();
  form.erase();
  EXPECT_EQ(form.active_text(), "");
}

TEST_F(ASetupForm, GoesThroughItsFieldsInACircle) {
  for (const auto field :
       {Field::Address, Field::Port, Field::DiscoveryAddress, Field::DiscoveryPort, Field::Name}) {
    form.next();
    EXPECT_EQ(form.active_field(), field);
    for (int row = 0; row < 5; ++row)
      EXPECT_EQ(at(form, row, "active"), row == static_cast<int>(field));
  }
  form.select(static_cast<Field>(5));
  form.select(static_cast<Field>(-1));
  EXPECT_EQ(form.active_field(), Field::Name);
}

TEST_F(ASetupForm, SendsWhatItHolds) {
  type("north");
  form.select(Field::DiscoveryAddress);
  form.clear();
  type("pi.local");
  ASSERT_TRUE(form.ready());
  form.start();
  EXPECT_TRUE(form.sending());
  EXPECT_THAT(gate.requests, testing::ElementsAre(wire::LocalRequest(
                                 wire::SetupRequest{"north", "127.0.0.1:7411", "pi.local:7400"})));
}

TEST_F(ASetupForm, SendsNothingWhileAnythingIsWrong) {
  form.start();
  type("north");
  form.select(Field::Port);
  form.clear();
  form.start();
  EXPECT_TRUE(gate.requests.empty());
}

TEST_F(ASetupForm, IsSentOnceAndNotChangedUntilTheGateHasAnswered) {
  type("north");
  form.start();
  form.start();
  type("x");
  form.erase();
  form.clear();
  EXPECT_EQ(gate.requests.size(), 1U);
  EXPECT_EQ(form.active_text(), "north");
  EXPECT_FALSE(form.ready());
  gate.answer("");
  EXPECT_FALSE(form.sending());
  EXPECT_EQ(form.gate_error(), "");
}

TEST_F(ASetupForm, ShowsWhatTheGateSaysAgainstItUntilSomethingIsChanged) {
  type("north");
  form.start();
  gate.answer("127.0.0.1:7411 is in use. Choose another port");
  EXPECT_EQ(form.gate_error(), "127.0.0.1:7411 is in use. Choose another port");
  EXPECT_TRUE(form.ready());
  form.select(Field::Port);
  EXPECT_NE(form.gate_error(), "");
  form.erase();
  EXPECT_EQ(form.gate_error(), "");
}

TEST_F(ASetupForm, TriesAgainWithoutTheOldAnswer) {
  type("north");
  form.start();
  gate.answer("no");
  form.start();
  EXPECT_EQ(form.gate_error(), "");
  EXPECT_EQ(gate.requests.size(), 2U);
}

TEST(ASetupFormThatIsGone, IsNotTouchedByALateAnswer) {
  KeptRequests gate;
  auto form = std::make_unique<SetupForm>(gate);
  form->press("a");
  form->start();
  form.reset();
  gate.answer("too late");
}

}  // namespace
}  // namespace parking::kiosk
