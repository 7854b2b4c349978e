#include "app/kiosk/gate_requests.hpp"

#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/app/kiosk/socket_bench.hpp"

namespace parking::kiosk {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class AGate : public testing::Test, protected SocketBench {
protected:
  void make(std::chrono::milliseconds patience) {
    requests = std::make_unique<GateRequests>(path, patience);
  }

  void ask(bool allowed = true) {
    requests->send(wire::EntriesRequest{allowed, "test"},
                   [this](const QString& error) { answers.push_back(error.toStdString()); });
  }

  [[nodiscard]] bool asked(std::size_t count) {
    return soon([&, this] { return gate.requests().size() == count; });
  }

  [[nodiscard]] bool answered(std::size_t count) {
    return soon([&, this] { return answers.size() == count; });
  }

  std::unique_ptr<GateRequests> requests;
  std::vector<std::string> answers;
};

TEST_F(AGate, IsAskedInOrderAndAnswersInOrder) {
  gate.start();
  make(never);
  ask(false);
  ask(true);
  ASSERT_TRUE(asked(2));
  EXPECT_THAT(gate.requests(), ElementsAre(wire::LocalRequest(wire::EntriesRequest{false, "test"}),
                                           wire::LocalRequest(wire::EntriesRequest{true, "test"})));
  gate.answer({"first", {}, {}});
  gate.answer({});
  ASSERT_TRUE(answered(2));
  EXPECT_THAT(answers, ElementsAre("first", ""));
  ask();
  ASSERT_TRUE(asked(3));
  gate.answer({"third", {}, {}});
  ASSERT_TRUE(answered(3));
  EXPECT_EQ(answers.back(), "third");
  EXPECT_EQ(gate.calls(), 1);
}

TEST_F(AGate, IsNotCalledBeforeThereIsSomethingToAsk) {
  gate.start();
  make(never);
  QCoreApplication::processEvents();
  EXPECT_EQ(gate.calls(), 0);
}

TEST_F(AGate, ThatDoesNotAnswerIsGivenUpInWords) {
  gate.start();
  make(60ms);
  ask();
  ask();
  ASSERT_TRUE(answered(2));
  EXPECT_THAT(answers, Each("The gate program does not answer. Try again in a moment."));
}

TEST_F(AGate, ThatAnswersTooLateIsNoLongerListenedTo) {
  gate.start();
  make(60ms);
  ask();
  ASSERT_TRUE(answered(1));
  ASSERT_TRUE(soon([&] { return gate.callers() == 0; }));
}

TEST_F(AGate, ThatIsNotThereIsSaidToBeOutOfReach) {
  make(never);
  ask();
  ASSERT_TRUE(answered(1));
  EXPECT_THAT(answers[0], HasSubstr("cannot be reached. Try again"));
}

TEST_F(AGate, ThatEndsWithoutAnsweringIsSaidToBeOutOfReach) {
  gate.start();
  make(never);
  ask();
  ask();
  ASSERT_TRUE(asked(2));
  gate.stop();
  ASSERT_TRUE(answered(2));
  EXPECT_THAT(answers, Each(HasSubstr("cannot be reached")));
}

TEST_F(AGate, ThatHasStartedAgainIsAskedAgain) {
  gate.start();
  make(never);
  ask();
  ASSERT_TRUE(asked(1));
  gate.stop();
  ASSERT_TRUE(answered(1));
  gate.start();
  ask();
  ASSERT_TRUE(asked(2));
  gate.answer({});
  ASSERT_TRUE(answered(2));
  EXPECT_EQ(answers.back(), "");
}

TEST_F(AGate, ThatTalksNonsenseIsOfAnotherVersion) {
  gate.start();
  make(never);
  ask();
  ASSERT_TRUE(asked(1));
  gate.say_bytes(QByteArray::fromStdString(wire::frame("\xff\xff").value()));
  ASSERT_TRUE(answered(1));
  EXPECT_THAT(answers[0], AllOf(HasSubstr("does not understand"), HasSubstr("same version")));
}

TEST_F(AGate, ThatAnswersWithoutBeingAskedIsLeft) {
  gate.start();
  make(never);
  ask();
  ASSERT_TRUE(asked(1));
  gate.answer({});
  gate.answer({"what nobody asked", {}, {}});
  ASSERT_TRUE(answered(1));
  ASSERT_TRUE(soon([&] { return gate.callers() == 0; }));
  EXPECT_THAT(answers, ElementsAre(""));
}

TEST_F(AGate, ThatIsSlowIsNotAskedWithoutLimit) {
  gate.start();
  make(never);
  for (int i = 0; i < 17; ++i) ask();
  EXPECT_TRUE(answers.empty()) << "an answer comes later, never at once";
  ASSERT_TRUE(answered(1));
  EXPECT_EQ(answers[0], "The gate is busy. Try again in a moment.");
  ASSERT_TRUE(asked(16));
}

TEST_F(AGate, MayBeAskedAgainFromWithinItsAnswer) {
  make(never);
  requests->send(wire::StatusRequest{}, [this](const QString&) { ask(); });
  ASSERT_TRUE(answered(1));
  EXPECT_THAT(answers[0], HasSubstr("cannot be reached"));
}

TEST_F(AGate, OwesNothingToWhoeverHasGone) {
  gate.start();
  make(never);
  ask();
  ASSERT_TRUE(asked(1));
  requests.reset();
  ASSERT_TRUE(soon([&] { return gate.callers() == 0; }));
  EXPECT_THAT(answers, SizeIs(0));
}

}  // namespace
}  // namespace parking::kiosk
