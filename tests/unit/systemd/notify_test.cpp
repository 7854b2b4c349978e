#include "systemd/notify.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace parking::systemd {
namespace {

using std::chrono::microseconds;

// Listens where systemd would, on an abstract address, which leaves no file behind.
class SupervisorSocket {
public:
  SupervisorSocket() : descriptor_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un any{};
    any.sun_family = AF_UNIX;
    const auto autobind = static_cast<socklen_t>(sizeof(sa_family_t));
    EXPECT_EQ(::bind(descriptor_, generic(&any), autobind), 0);
    sockaddr_un bound{};
    socklen_t length = sizeof(bound);
    EXPECT_EQ(::getsockname(descriptor_, generic(&bound), &length), 0);
    // The kernel's name starts with a zero byte, which systemd writes as '@'.
    address_ = "@" + std::string(&bound.sun_path[1], length - sizeof(sa_family_t) - 1);
  }
  SupervisorSocket(const SupervisorSocket&) = delete;
  SupervisorSocket& operator=(const SupervisorSocket&) = delete;
  ~SupervisorSocket() { ::close(descriptor_); }

  [[nodiscard]] const std::string& address() const { return address_; }

  // A datagram on a Unix socket is there when its sender returns, so nothing is waited for.
  [[nodiscard]] std::optional<std::string> received() const {
    std::array<char, 512> text{};
    const auto size = ::recv(descriptor_, text.data(), text.size(), MSG_DONTWAIT);
    if (size < 0) return std::nullopt;
    return std::string(text.data(), static_cast<std::size_t>(size));
  }

private:
  static sockaddr* generic(sockaddr_un* address) {
    return static_cast<sockaddr*>(static_cast<void*>(address));
  }

  int descriptor_;
  std::string address_;
};

class Notify : public testing::Test {
protected:
  Notify() { ::setenv("NOTIFY_SOCKET", supervisor_.address().c_str(), 1); }
  ~Notify() override {
    for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) ::unsetenv(name);
  }

  SupervisorSocket supervisor_;
};

TEST_F(Notify, TellsSystemdThatTheServiceIsReadyTogetherWithItsStatus) {
  notify_ready("2 lanes, 3 peers");
  EXPECT_EQ(supervisor_.received(), "READY=1\nSTATUS=2 lanes, 3 peers");
}

TEST_F(Notify, ReplacesTheStatusWithoutClaimingReadiness) {
  notify_status("joining");
  EXPECT_EQ(supervisor_.received(), "STATUS=joining");
}

TEST_F(Notify, KeepsAStatusOnOneLineSoThatItCannotSetAnotherField) {
  notify_status("broken\nREADY=1");
  EXPECT_EQ(supervisor_.received(), "STATUS=broken READY=1");
}

TEST_F(Notify, SaysThatTheServiceIsStopping) {
  notify_stopping();
  EXPECT_EQ(supervisor_.received(), "STOPPING=1");
}

TEST_F(Notify, FeedsTheWatchdogOncePerCall) {
  notify_watchdog();
  EXPECT_EQ(supervisor_.received(), "WATCHDOG=1");
  EXPECT_EQ(supervisor_.received(), std::nullopt);
}

TEST_F(Notify, SendsNothingWhenNotUnderSystemd) {
  ::unsetenv("NOTIFY_SOCKET");
  notify_ready("nobody listens");
  notify_watchdog();
  EXPECT_EQ(supervisor_.received(), std::nullopt);
}

TEST_F(Notify, CarriesOnWhenTheSupervisorIsGone) {
  ::setenv("NOTIFY_SOCKET", "/nonexistent/notify", 1);
  notify_ready("nobody listens");
  notify_stopping();
}

TEST_F(Notify, ReadsTheWatchdogIntervalOfTheUnit) {
  ::setenv("WATCHDOG_USEC", "10000000", 1);
  ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
  EXPECT_EQ(watchdog_interval(), microseconds(10'000'000));
}

TEST_F(Notify, HasNoWatchdogIntervalWhenTheUnitAsksForNone) {
  EXPECT_EQ(watchdog_interval(), std::nullopt);
}

TEST_F(Notify, IgnoresAWatchdogMeantForAnotherProcess) {
  ::setenv("WATCHDOG_USEC", "10000000", 1);
  ::setenv("WATCHDOG_PID", std::to_string(::getpid() + 1).c_str(), 1);
  EXPECT_EQ(watchdog_interval(), std::nullopt);
}

TEST_F(Notify, IgnoresAWatchdogIntervalThatIsNoNumber) {
  ::setenv("WATCHDOG_USEC", "soon", 1);
  EXPECT_EQ(watchdog_interval(), std::nullopt);
}

}  // namespace
}  // namespace parking::systemd
