#include "app/kiosk/frame_socket.hpp"

#include <QSignalSpy>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/app/kiosk/socket_bench.hpp"

namespace parking::kiosk {
namespace {

using testing::ElementsAre;

class AFrameSocket : public testing::Test, protected SocketBench {
protected:
  AFrameSocket() {
    QObject::connect(&socket, &FrameSocket::received, &socket,
                     [this](const std::string& payload) { received.push_back(payload); });
  }

  void open() {
    gate.start();
    socket.open();
    ASSERT_TRUE(soon([&] { return socket.is_open() && gate.callers() == 1; }));
  }

  FrameSocket socket{path};
  QSignalSpy closed{&socket, &FrameSocket::closed};
  std::vector<std::string> received;
};

QByteArray framed(std::string_view payload) {
  return QByteArray::fromStdString(wire::frame(payload).value());
}

TEST_F(AFrameSocket, GivesOutFramesHoweverTheyArrive) {
  open();
  const auto bytes = framed("one") + framed("two") + framed("three");
  gate.say_bytes(bytes.left(3));
  gate.say_bytes(bytes.mid(3, 6));
  gate.say_bytes(bytes.mid(9));
  ASSERT_TRUE(soon([&] { return received.size() == 3; }));
  EXPECT_THAT(received, ElementsAre("one", "two", "three"));
  EXPECT_EQ(closed.count(), 0);
}

TEST_F(AFrameSocket, SendsFrames) {
  open();
  socket.send(wire::encode(wire::LocalRequest{wire::StatusRequest{}}));
  ASSERT_TRUE(soon([&] { return gate.requests().size() == 1; }));
  EXPECT_EQ(gate.requests()[0], wire::LocalRequest{wire::StatusRequest{}});
}

TEST_F(AFrameSocket, SaysThatNobodyIsThere) {
  socket.open();
  ASSERT_TRUE(soon([&] { return closed.count() > 0; }));
  EXPECT_EQ(closed.count(), 1);
  EXPECT_FALSE(socket.is_open());
}

TEST_F(AFrameSocket, SaysOnceThatTheOtherSideHasEnded) {
  open();
  gate.stop();
  ASSERT_TRUE(soon([&] { return closed.count() > 0; }));
  QCoreApplication::processEvents();
  EXPECT_EQ(closed.count(), 1);
}

TEST_F(AFrameSocket, GivesOutWhatCameBeforeTheEnd) {
  open();
  gate.say_bytes(framed("last words"));
  gate.stop();
  ASSERT_TRUE(soon([&] { return closed.count() > 0; }));
  EXPECT_THAT(received, ElementsAre("last words"));
}

TEST_F(AFrameSocket, LeavesWhoeverSendsWhatIsNoFrame) {
  open();
  gate.say_bytes(framed("good") + QByteArray("\xff\xff\xff\xff", 4));
  ASSERT_TRUE(soon([&] { return closed.count() > 0 && gate.callers() == 0; }));
  EXPECT_THAT(received, ElementsAre("good"));
  EXPECT_EQ(closed.count(), 1);
}

TEST_F(AFrameSocket, IsSilentWhenItIsClosedFromHere) {
  open();
  socket.close();
  ASSERT_TRUE(soon([&] { return gate.callers() == 0; }));
  EXPECT_EQ(closed.count(), 0);
  EXPECT_FALSE(socket.is_open());
}

TEST_F(AFrameSocket, IsSilentWhenItsReceiverClosesItBeforeGarbage) {
  QObject::connect(&socket, &FrameSocket::received, &socket, [this] { socket.close(); });
  open();
  gate.say_bytes(framed("one") + framed("two") + QByteArray("\xff\xff\xff\xff", 4));
  ASSERT_TRUE(soon([&] { return gate.callers() == 0; }));
  EXPECT_THAT(received, ElementsAre("one"));
  EXPECT_EQ(closed.count(), 0);
}

TEST_F(AFrameSocket, StartsAFrameAnewOnANewConnection) {
  open();
  gate.say_bytes(framed("broken off").left(7));
  gate.stop();
  ASSERT_TRUE(soon([&] { return closed.count() == 1; }));
  open();
  gate.say_bytes(framed("whole"));
  ASSERT_TRUE(soon([&] { return !received.empty(); }));
  EXPECT_THAT(received, ElementsAre("whole"));
}

TEST_F(AFrameSocket, OpensOnce) {
  open();
  socket.open();
  socket.open();
  gate.say_bytes(framed("hello"));
  ASSERT_TRUE(soon([&] { return !received.empty(); }));
  EXPECT_EQ(gate.calls(), 1);
}

TEST_F(AFrameSocket, DropsWhatIsSentWhileClosed) {
  socket.send("nothing");
  open();
  socket.send(wire::encode(wire::LocalRequest{wire::StatusRequest{}}));
  ASSERT_TRUE(soon([&] { return gate.requests().size() == 1; }));
}

/// Whoever owns a socket has lost other members already by the time that the socket goes.
TEST_F(AFrameSocket, IsSilentWhenItIsDestroyedWhileConnected) {
  gate.start();
  auto doomed = std::make_unique<FrameSocket>(path);
  int heard = 0;
  QObject::connect(doomed.get(), &FrameSocket::closed, &socket, [&heard] { ++heard; });
  doomed->open();
  ASSERT_TRUE(soon([&] { return doomed->is_open() && gate.callers() == 1; }));
  doomed.reset();
  ASSERT_TRUE(soon([&] { return gate.callers() == 0; }));
  EXPECT_EQ(heard, 0);
}

std::ptrdiff_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return std::distance(begin(all), end(all));
}

TEST_F(AFrameSocket, LeavesNoDescriptorBehindHoweverOftenNobodyIsThere) {
  const auto attempt = [&] {
    const auto before = closed.count();
    socket.open();
    return soon([&] { return closed.count() > before; });
  };
  ASSERT_TRUE(attempt());
  const auto before = open_descriptors();
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(attempt());
  EXPECT_EQ(open_descriptors(), before);
}

}  // namespace
}  // namespace parking::kiosk
