#include "discovery/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parking::discovery {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

const std::string lot = "[lot]\nname = \"Riverside\"\ncapacity = 120\n";

FaultLines faults(const std::string& text) {
  auto config = parse_discovery_config(text, "discovery.toml");
  return config ? FaultLines{} : config.error();
}

TEST(TheCentralService, NeedsOnlyItsLot) {
  const auto config = parse_discovery_config(lot, "f");
  ASSERT_TRUE(config);
  EXPECT_EQ(config->lot_name, "Riverside");
  EXPECT_EQ(config->capacity, 120);
  EXPECT_EQ(config->listen, (HostPort{"127.0.0.1", 7400}));
  EXPECT_EQ(config->http_listen, (HostPort{"127.0.0.1", 7480}));
  EXPECT_EQ(config->lease.count(), 15);
  EXPECT_EQ(config->socket, "/run/parking-discovery/discovery.sock");
}

TEST(TheCentralService, IsReadFromTheWholeDocumentedExample) {
  EXPECT_THAT(faults(lot + R"([discovery]
listen = "127.0.0.1:7400"
advertise = ""
state_dir = "/var/lib/parking-discovery"
socket = "/run/parking-discovery/discovery.sock"
lease_seconds = 15
[http]
listen = "127.0.0.1:7480"
[security]
mode = "plain"
)"),
              IsEmpty());
}

TEST(TheCentralService, SaysWhatIsMissing) {
  EXPECT_THAT(faults(""), ElementsAre(StartsWith("discovery.toml:1: lot.name: name the car park"),
                                      StartsWith("discovery.toml:1: lot.capacity: say how many")));
}

TEST(TheCentralService, ListsUnknownKeysThenWrongValuesThenMissingOnes) {
  EXPECT_THAT(faults("[lot]\ncapacity = -1\nspaces = 3\n"),
              ElementsAre("discovery.toml:3: lot.spaces: unknown key; use one of: capacity, name",
                          "discovery.toml:2: lot.capacity: -1 is out of range; write one from 0 to "
                          "100000",
                          StartsWith("discovery.toml:1: lot.name: ")));
}

TEST(TheCentralService, HoldsNoMoreThanAHundredThousandCars) {
  EXPECT_THAT(faults("[lot]\nname = \"a\"\ncapacity = 100000"), IsEmpty());
  EXPECT_THAT(faults("[lot]\nname = \"a\"\ncapacity = 100001"), ElementsAre(HasSubstr("capacity")));
  EXPECT_THAT(faults("[lot]\nname = \"a\"\ncapacity = 0"), IsEmpty());
}

TEST(TheCentralService, NeedsASecurityModeBeyondLoopback) {
  EXPECT_THAT(faults(lot + "[discovery]\nlisten = \"192.168.1.2:7400\"\n"),
              ElementsAre(HasSubstr("security.mode: discovery.listen = \"192.168.1.2:7400\"")));
  EXPECT_THAT(faults(lot + "[http]\nlisten = \"192.168.1.2:7480\"\n"),
              ElementsAre(HasSubstr("security.mode: http.listen = \"192.168.1.2:7480\"")));
}

TEST(TheCentralService, KeepsItsTwoListenersApart) {
  EXPECT_THAT(faults(lot + "[http]\nlisten = \"127.0.0.1:7400\"\n"),
              ElementsAre(HasSubstr("http.listen: discovery.listen is the same address")));
}

TEST(TheCentralService, KeepsLeasesWithinAnHour) {
  EXPECT_THAT(faults(lot + "[discovery]\nlease_seconds = 0"), ElementsAre(HasSubstr("lease")));
  EXPECT_THAT(faults(lot + "[discovery]\nlease_seconds = 3601"), ElementsAre(HasSubstr("lease")));
}

}  // namespace
}  // namespace parking::discovery
