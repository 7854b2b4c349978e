// An office that takes over the lot of the one before, and nobody has told it yet what that has.
#include <string>

#include <gtest/gtest.h>

#include "app/peer/discovery_client.hpp"
#include "discovery/office.hpp"

namespace parking::discovery {
namespace {

using core::Duration;
using core::Instant;
using core::LotId;

class AnOfficeThatTakesOver : public testing::Test {
protected:
  /// Why it was refused; empty: accepted.
  std::string step(const core::Input& input, int ms) {
    const Instant now{Duration(ms)};
    const core::Effects effects = office.step(input, now);
    if (effects.record) office.step(core::Persisted{effects.record->number}, now);
    return effects.refused.value_or("");
  }

  std::uint64_t random = 0;
  Office office{{.self = {core::GateId::office(), core::Incarnation{100}}, .capacity = 10},
                {.incarnation = core::Incarnation{100}},
                [this] { return ++random; },
                Instant{}};
};

// The screens show 0 spaces, so somebody may want to say how many there are.
TEST_F(AnOfficeThatTakesOver, CreatesNoCapacityBeforeItKnowsTheLot) {
  step(core::Tick{}, 0);
  office.meet_other_lot(LotId{7}, Instant{Duration(500)});
  EXPECT_EQ(step(core::TakeOver{"the card died"}, 1000), "");
  EXPECT_NE(step(core::SetCapacity{10, "the screen says 0"}, 1100).find("takeover"),
            std::string::npos);
  EXPECT_EQ(office.exchange().ledger().totals().capacity, 0);
}

// Gates try all the time while the office's card is replaced, and each try may take a while.
TEST(AnOfficeWithAnEmptyStore, ListensUntilEveryGateInReachHasTriedOnce) {
  EXPECT_LE(2 * peer::DiscoverySettings{}.backoff.longest, Office::listen_before_creating);
}

}  // namespace
}  // namespace parking::discovery
