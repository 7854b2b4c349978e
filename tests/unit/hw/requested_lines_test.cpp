#include "hw/requested_lines.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace parking::hw {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

/// What the kernel would have, in the hands of the test.
struct Kernel {
  std::vector<std::vector<RawEvent>> rounds;  ///< What each `drain` returns.
  bool lost = false;
  std::optional<Error> error;
  std::vector<bool> levels{false, false};
  std::vector<std::pair<OutputId, bool>> writes;
  int fd = ::eventfd(0, EFD_NONBLOCK);
  bool open = true;

  Kernel() = default;
  Kernel(const Kernel&) = delete;
  Kernel& operator=(const Kernel&) = delete;
  ~Kernel() { ::close(fd); }

  void wake() const { ASSERT_EQ(::eventfd_write(fd, 1), 0); }
};

class FakeRequest final : public LineRequest {
public:
  explicit FakeRequest(Kernel& kernel) : kernel_(kernel) {}
  FakeRequest(const FakeRequest&) = delete;
  FakeRequest& operator=(const FakeRequest&) = delete;
  ~FakeRequest() override { kernel_.open = false; }

  [[nodiscard]] std::vector<int> event_fds() const override { return {kernel_.fd}; }
  [[nodiscard]] std::expected<Drained, Error> drain() override {
    eventfd_t ignored = 0;
    (void)::eventfd_read(kernel_.fd, &ignored);
    if (kernel_.error) return std::unexpected(*kernel_.error);
    Drained drained{{}, std::exchange(kernel_.lost, false)};
    if (!kernel_.rounds.empty()) {
      drained.events = kernel_.rounds.front();
      kernel_.rounds.erase(kernel_.rounds.begin());
    }
    return drained;
  }
  [[nodiscard]] std::expected<bool, Error> read(InputId line) override {
    return kernel_.levels[static_cast<std::size_t>(line)];
  }
  [[nodiscard]] std::expected<void, Error> write(OutputId line, bool active) override {
    kernel_.writes.emplace_back(line, active);
    return {};
  }

private:
  Kernel& kernel_;
};

class RequestedLinesTest : public testing::Test {
protected:
  RequestedLinesTest() {
    for (const std::size_t i : {0U, 1U}) {
      lines_->watch(InputId{i}, [this](const LineEvent& event) { events_.push_back(event); });
      (void)lines_->read(InputId{i});
    }
    lines_->on_failure([this](const Error& error) { failures_.push_back(error.message); });
    lines_->start();
  }

  /// Runs the loop until the kernel's wake-up has been dealt with.
  void handle_wake() {
    kernel_.wake();
    ASSERT_EQ(context_.run_one_for(10s), 1U);
  }
  [[nodiscard]] std::vector<std::string> seen() const {
    std::vector<std::string> seen;
    for (const auto& event : events_) {
      seen.push_back(std::string(event.line == InputId{0} ? "A" : "B") +
                     (event.active ? "+" : "-"));
    }
    return seen;
  }

  Kernel kernel_;
  boost::asio::io_context context_;
  Timestamp now_ = 1h;
  std::unique_ptr<RequestedLines> lines_ = std::make_unique<RequestedLines>(
      context_.get_executor(), std::make_unique<FakeRequest>(kernel_), 2, 2,
      [this] { return now_; });
  std::vector<LineEvent> events_;
  std::vector<std::string> failures_;
};
using LineEvents = RequestedLinesTest;
using LostEvents = RequestedLinesTest;
using FailingLines = RequestedLinesTest;
using ClosingLines = RequestedLinesTest;

TEST_F(LineEvents, AreDeliveredWhenTheDescriptorIsReadable) {
  kernel_.rounds = {{{InputId{1}, true, now_ - 1ms}}};
  handle_wake();
  ASSERT_THAT(seen(), ElementsAre("B+"));
  EXPECT_EQ(events_[0].at, now_ - 1ms);
  kernel_.rounds = {{{InputId{1}, false, now_ - 1us}}};
  handle_wake();
  EXPECT_THAT(seen(), ElementsAre("B+", "B-"));
}

TEST_F(LineEvents, AreSortedByTimeAcrossLines) {
  kernel_.rounds = {{{InputId{0}, true, now_ - 4ms},
                     {InputId{0}, false, now_ - 1ms},
                     {InputId{1}, true, now_ - 3ms},
                     {InputId{1}, false, now_ - 2ms}}};
  lines_->poll();
  EXPECT_THAT(seen(), ElementsAre("A+", "B+", "B-", "A-"));
}

TEST_F(LineEvents, NewerThanTheFetchWaitForOlderOnesOfOtherLines) {
  // B's edge came while A's queue had already been emptied; A's earlier edge is met a round later.
  kernel_.rounds = {{{InputId{1}, true, now_ + 2us}}, {{InputId{0}, true, now_ + 1us}}};
  lines_->poll();
  EXPECT_THAT(seen(), ElementsAre("A+", "B+"));
}

TEST_F(LineEvents, AreNotKeptBackForeverByAClockThatDisagrees) {
  kernel_.rounds = {{{InputId{0}, true, now_ + 1h}}};
  lines_->poll();
  EXPECT_THAT(seen(), ElementsAre("A+"));
}

TEST_F(LineEvents, AreNumberedWithoutGaps) {
  kernel_.rounds = {{{InputId{0}, true, now_ - 2ms}, {InputId{1}, true, now_ - 1ms}}};
  lines_->poll();
  ASSERT_EQ(events_.size(), 2U);
  EXPECT_EQ(events_[1].sequence, events_[0].sequence + 1);
}

TEST_F(LineEvents, AreNotDeliveredTwiceWhenAHandlerPolls) {
  lines_->watch(InputId{0}, [this](const LineEvent& event) {
    events_.push_back(event);
    lines_->poll();
  });
  kernel_.rounds = {{{InputId{0}, true, now_ - 2ms}, {InputId{1}, true, now_ - 1ms}}};
  lines_->poll();
  EXPECT_THAT(seen(), ElementsAre("A+", "B+"));
}

TEST_F(LostEvents, AreMadeUpForByReadingTheLevels) {
  kernel_.levels = {true, true};
  kernel_.lost = true;
  kernel_.rounds = {{{InputId{0}, true, now_ - 1ms}}};
  lines_->poll();
  ASSERT_THAT(seen(), ElementsAre("A+", "B+"));
  EXPECT_GT(events_[1].sequence, events_[0].sequence + 1);
  EXPECT_EQ(events_[1].at, now_);
}

TEST_F(LostEvents, MakeNoEventWhereTheLevelIsAsKnown) {
  kernel_.lost = true;
  lines_->poll();
  EXPECT_THAT(events_, IsEmpty());
}

TEST_F(FailingLines, AreReportedOnceAndAreSilentAfterwards) {
  kernel_.error = Error{ErrorKind::io, "unplugged"};
  handle_wake();
  EXPECT_THAT(failures_, ElementsAre("unplugged"));
  lines_->poll();
  kernel_.wake();
  context_.restart();
  context_.poll();
  EXPECT_THAT(failures_, ElementsAre("unplugged"));
}

TEST_F(ClosingLines, DriveEveryOutputInactiveBeforeTheyAreReleased) {
  ASSERT_TRUE(lines_->write(OutputId{0}, true));
  kernel_.writes.clear();
  lines_.reset();
  EXPECT_THAT(kernel_.writes,
              ElementsAre(std::pair(OutputId{0}, false), std::pair(OutputId{1}, false)));
  EXPECT_FALSE(kernel_.open);
}

TEST_F(ClosingLines, LeaveTheDescriptorToItsRequest) {
  lines_.reset();
  context_.poll();
  EXPECT_EQ(::eventfd_write(kernel_.fd, 1), 0);
}

TEST_F(ClosingLines, ForgetAWakeUpThatIsStillQueued) {
  kernel_.rounds = {{{InputId{0}, true, now_}}};
  kernel_.wake();
  context_.poll_one();
  kernel_.wake();
  lines_.reset();
  context_.restart();
  context_.poll();
  EXPECT_LE(events_.size(), 1U);
}

}  // namespace
}  // namespace parking::hw
