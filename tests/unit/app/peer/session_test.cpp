#include "app/peer/session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/app/peer/loop.hpp"
#include "tests/unit/app/peer/raw_peer.hpp"

namespace parking::peer {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ASession : public testing::Test {
protected:
  void open(SessionLimits limits = {}) {
    auto [stream, other] = make_pair(io);
    session = Session::create(std::move(stream), limits);
    peer = std::move(other);
    session->start(recording());
  }

  Session::Handlers recording() {
    return {.received = [this](const std::string& payload) { received.push_back(payload); },
            .closed = [this](const std::string& reason) { closed.push_back(reason); }};
  }

  static std::string filling(std::size_t number) {
    return std::to_string(number) + std::string(16'000, '.');
  }
  /// Sends until the system takes no more; says how many frames that were.
  std::size_t fill() {
    std::size_t frames = 0;
    while (session->has_sent_all() && frames < 10'000) session->send(filling(frames++));
    EXPECT_FALSE(session->has_sent_all());
    return frames;
  }

  bool closes() {
    return run_until(io, [&] { return !closed.empty(); });
  }

  asio::io_context io;
  std::shared_ptr<Session> session;
  std::unique_ptr<RawPeer> peer;
  std::vector<std::string> received;
  std::vector<std::string> closed;
};

TEST_F(ASession, HandsOverFramesInOrder) {
  open();
  for (int i = 0; i < 100; ++i) peer->say_frame(std::to_string(i));
  ASSERT_TRUE(run_until(io, [&] { return received.size() == 100; }));
  for (int i = 0; i < 100; ++i) EXPECT_EQ(received[static_cast<std::size_t>(i)], std::to_string(i));
}

TEST_F(ASession, SendsWhatTheSystemHasRoomForAtOnce) {
  open();
  session->send("a car");
  EXPECT_TRUE(session->has_sent_all());
  ASSERT_TRUE(run_until(io, [&] { return !peer->payloads.empty(); }));
  EXPECT_THAT(peer->payloads, ElementsAre("a car"));
}

TEST_F(ASession, SendsFramesInOrder) {
  open();
  // Nobody reads yet: some frames leave at once, one in part, the last hundred wait.
  std::size_t frames = fill();
  for (int i = 0; i < 100; ++i) session->send(std::to_string(i));
  EXPECT_FALSE(session->has_sent_all());
  ASSERT_TRUE(run_until(io, [&] { return peer->payloads.size() == frames + 100; }));
  for (std::size_t i = 0; i < frames; ++i) EXPECT_EQ(peer->payloads[i], filling(i));
  for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(peer->payloads[frames + i], std::to_string(i));
  EXPECT_TRUE(run_until(io, [&] { return session->has_sent_all(); }));
}

TEST_F(ASession, PutsAFrameTogetherThatArrivesByteByByte) {
  open();
  const std::string bytes = wire::frame("a car").value();
  for (const char byte : bytes) {
    EXPECT_THAT(received, IsEmpty());
    peer->say(std::string(1, byte));
    run_ready(io);
  }
  EXPECT_TRUE(run_until(io, [&] { return !received.empty(); }));
  EXPECT_THAT(received, ElementsAre("a car"));
}

TEST_F(ASession, TakesTheLongestFrameThereIs) {
  open({.queued_frames = 1});
  const std::string longest(wire::max_payload_size, 'x');
  session->send(longest);
  ASSERT_TRUE(run_until(io, [&] { return !peer->payloads.empty(); }));
  EXPECT_EQ(peer->payloads.front(), longest);
}

TEST_F(ASession, EndsWhenAFrameOfFourGibibytesIsAnnounced) {
  open();
  peer->say(std::string(4, '\xff'));
  ASSERT_TRUE(closes());
  EXPECT_THAT(closed, ElementsAre(HasSubstr("4294967295 bytes")));
  EXPECT_TRUE(run_until(io, [&] { return peer->ended(); }));
}

TEST_F(ASession, EndsOnAnEmptyFrame) {
  open();
  peer->say(std::string(4, '\0'));
  ASSERT_TRUE(closes());
  EXPECT_THAT(closed, ElementsAre(HasSubstr("without content")));
}

TEST_F(ASession, EndsOnGarbage) {
  open();
  peer->say("GET / HTTP/1.1\r\n\r\n");
  ASSERT_TRUE(closes());
  EXPECT_THAT(received, IsEmpty());
}

TEST_F(ASession, EndsWhenTheOtherSideHangsUp) {
  open();
  peer->hang_up();
  EXPECT_TRUE(closes());
  EXPECT_FALSE(session->is_open());
}

TEST_F(ASession, GivesUpWhoDoesNotFinishAFrame) {
  open({.frame_within = milliseconds(20)});
  peer->say(std::string("\0\0\0\5car", 7));
  ASSERT_TRUE(closes());
  EXPECT_THAT(closed, ElementsAre(HasSubstr("begun and not finished")));
}

TEST_F(ASession, HasNoDeadlineBetweenFrames) {
  open({.frame_within = milliseconds(30)});
  peer->say_frame("first");
  ASSERT_TRUE(run_until(io, [&] { return received.size() == 1; }));
  EXPECT_FALSE(run_until(io, [&] { return !closed.empty(); }, milliseconds(60)));
  peer->say_frame("second");
  EXPECT_TRUE(run_until(io, [&] { return received.size() == 2; }));
}

TEST_F(ASession, EndsAfterTheSilenceThatItsOwnerTolerates) {
  open();
  session->limit_silence(milliseconds(20));
  ASSERT_TRUE(closes());
  EXPECT_THAT(closed, ElementsAre(HasSubstr("silent for too long")));
}

TEST_F(ASession, ToleratesSilenceAgainWhenTheLimitIsLifted) {
  open();
  session->limit_silence(milliseconds(20));
  session->limit_silence({});
  EXPECT_FALSE(run_until(io, [&] { return !closed.empty(); }, milliseconds(60)));
}

TEST_F(ASession, CountsSilenceFromTheLastWholeFrame) {
  open();
  session->limit_silence(milliseconds(100));
  asio::steady_timer chatter(io);
  int left = 5;
  const std::function<void()> say = [&] {
    peer->say_frame("here");
    if (--left == 0) return;
    chatter.expires_after(milliseconds(30));
    chatter.async_wait([&](boost::system::error_code) { say(); });
  };
  say();
  ASSERT_TRUE(closes());
  EXPECT_EQ(received.size(), 5U);
}

TEST_F(ASession, GivesUpWhoDoesNotRead) {
  auto [stream, deaf] = make_deaf_pair(io);
  session = Session::create(std::move(stream), {.queued_frames = 8});
  session->start(recording());
  const std::string payload(wire::max_payload_size, 'x');
  for (int i = 0; i < 1000 && closed.empty(); ++i) {
    session->send(payload);
    run_ready(io);
  }
  EXPECT_THAT(closed, ElementsAre(HasSubstr("does not read")));
}

TEST_F(ASession, BoundsTheBytesThatWaitToo) {
  open({.queued_bytes = 40'000});
  fill();  // of the last one, up to 16,000 bytes wait
  const std::string payload(8'000, 'x');
  for (int i = 0; i < 2; ++i) session->send(payload);
  EXPECT_TRUE(session->is_open());
  for (int i = 0; i < 3; ++i) session->send(payload);
  EXPECT_THAT(closed, ElementsAre(HasSubstr("does not read")));
}

TEST_F(ASession, SendsWhatIsQueuedBeforeItFinishes) {
  open();
  for (int i = 0; i < 50; ++i) session->send("last words");
  session->finish("done");
  session->send("too late");
  ASSERT_TRUE(closes());
  EXPECT_THAT(closed, ElementsAre("done"));
  EXPECT_TRUE(run_until(io, [&] { return peer->ended(); }));
  EXPECT_EQ(peer->payloads.size(), 50U);
}

TEST_F(ASession, FinishesLaterAlsoWithNothingToSend) {
  open();
  session->finish("done");
  EXPECT_THAT(closed, IsEmpty());
  ASSERT_TRUE(closes());
  EXPECT_THAT(closed, ElementsAre("done"));
}

TEST_F(ASession, HearsNothingMoreWhileItFinishes) {
  open();
  peer->say_frame("too late");
  session->finish("done");
  ASSERT_TRUE(closes());
  EXPECT_THAT(received, IsEmpty());
}

TEST_F(ASession, DoesNotWaitForeverForItsLastWordsToBeRead) {
  auto [stream, deaf] = make_deaf_pair(io);
  session = Session::create(std::move(stream), {.flush_within = milliseconds(20)});
  session->start(recording());
  for (int i = 0; i < 32; ++i) session->send(std::string(wire::max_payload_size, 'x'));
  session->finish("done");
  ASSERT_TRUE(closes());
  EXPECT_THAT(closed, ElementsAre(HasSubstr("did not read the last messages")));
}

TEST_F(ASession, SaysOnlyOnceThatItHasClosed) {
  open();
  session->close("one");
  session->close("two");
  peer->hang_up();
  run_ready(io);
  EXPECT_THAT(closed, ElementsAre("one"));
}

TEST_F(ASession, MayBeClosedByWhoeverReceives) {
  auto [stream, other] = make_pair(io);
  session = Session::create(std::move(stream));
  session->start({.received = [this](const std::string&) { session->close("enough"); },
                  .closed = recording().closed});
  other->say_frame("a");
  other->say_frame("b");
  ASSERT_TRUE(closes());
  run_ready(io);
  EXPECT_THAT(closed, ElementsAre("enough"));
}

TEST_F(ASession, IsHandedOverWithoutASecondReader) {
  open();
  std::vector<std::string> to_second;
  peer->say_frame("for the first");
  ASSERT_TRUE(run_until(io, [&] { return received.size() == 1; }));
  session->start({.received = [&](const std::string& payload) { to_second.push_back(payload); }});
  for (int i = 0; i < 20; ++i) peer->say_frame(std::to_string(i));
  ASSERT_TRUE(run_until(io, [&] { return to_second.size() == 20; }));
  for (int i = 0; i < 20; ++i) EXPECT_EQ(to_second[static_cast<std::size_t>(i)], std::to_string(i));
  EXPECT_EQ(received.size(), 1U);
  session->close("done");
  EXPECT_THAT(closed, IsEmpty());
}

TEST_F(ASession, LeavesNothingBehind) {
  open();
  session->send("a");
  const std::weak_ptr<Session> weak = session;
  session->close("done");
  session.reset();
  run_ready(io);
  EXPECT_TRUE(weak.expired());
}

}  // namespace
}  // namespace parking::peer
