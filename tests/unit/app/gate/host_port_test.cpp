#include "app/gate/host_port.hpp"

#include <gtest/gtest.h>

namespace parking::config {
namespace {

TEST(AHostPort, IsReadFromAddressesAndNames) {
  EXPECT_EQ(parse_host_port("127.0.0.1:7411"), (HostPort{"127.0.0.1", 7411}));
  EXPECT_EQ(parse_host_port("[::1]:1"), (HostPort{"::1", 1}));
  EXPECT_EQ(parse_host_port("central.local:65535"), (HostPort{"central.local", 65535}));
}

TEST(AHostPort, IsWrittenAsItWasRead) {
  for (const auto* text : {"127.0.0.1:7411", "[::1]:7411", "central:7400"})
    EXPECT_EQ(to_string(parse_host_port(text).value()), text);
}

TEST(AHostPort, IsRefusedWhenItIsNone) {
  for (const auto* text :
       {"", ":", "127.0.0.1", ":7411", "host:", "host:0", "host:65536", "host:-1", "host:7x",
        "300.0.0.1:7411", "::1:7411", "[::1]", "[host]:7411", "[]:1", "a b:1", "-a:1", "a\"b:1"})
    EXPECT_FALSE(parse_host_port(text)) << text;
}

TEST(AHostPort, ThatIsRefusedSaysWhatToWrite) {
  EXPECT_EQ(parse_host_port("north").error(),
            "\"north\" is not HOST:PORT; write for example \"127.0.0.1:7411\"");
  EXPECT_EQ(parse_host_port("north:0").error(), "\"north:0\" needs a port from 1 to 65535");
}

TEST(Loopback, IsThisMachineOnly) {
  for (const auto* host : {"127.0.0.1", "127.8.9.10", "::1", "localhost"})
    EXPECT_TRUE(is_loopback(host)) << host;
  for (const auto* host : {"0.0.0.0", "128.0.0.1", "::", "central", "127.0.0.1.example"})
    EXPECT_FALSE(is_loopback(host)) << host;
}

TEST(AWildcard, IsAnyAddress) {
  EXPECT_TRUE(is_wildcard("0.0.0.0"));
  EXPECT_TRUE(is_wildcard("::"));
  EXPECT_FALSE(is_wildcard("127.0.0.1"));
  EXPECT_FALSE(is_wildcard("any"));
}

}  // namespace
}  // namespace parking::config
