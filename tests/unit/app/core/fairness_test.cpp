// How long a gate can starve while another one admits (ARCHITECTURE.md, "Who waits, and for how
// long"). Every failure names its seed; PARKING_SEED=n runs that one alone.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include <gtest/gtest.h>

#include "tests/support/core_net.hpp"

namespace parking::core {
namespace {

using test_support::CoreNet;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

/// Three gates that compete for few spaces, each with a car at its entry nearly all the time.
class Rush {
public:
  explicit Rush(CoreNet::Settings settings) : net_(settings) { net_.open_for_business(); }

  void run_for(Duration duration) {
    for (const Instant end = net_.now() + duration; net_.now() < end; net_.run_for(1ms)) {
      watch_admissions();
      watch_entries();
      move_cars();
    }
  }

  /// By how much the youngest car was younger that got a permit while an older one at another gate
  /// had none, not even on its way.
  [[nodiscard]] Duration longest_overtaking() const { return longest_; }
  [[nodiscard]] int admitted() const { return admitted_; }

private:
  struct Entry {
    std::optional<Instant> waits_since;
    Count admitted = 0;
  };

  void move_cars() {
    for (CoreNet::Node gate = 1; gate <= 3; ++gate) {
      if (net_.draw(gate == 1 ? 400 : 40) == 0) net_.car_comes(gate);  // the first one is quiet
      if (net_.draw(500) == 0) net_.car_leaves(gate);
    }
  }

  // A car behind one that still drives through waits from when the lane is free.
  void watch_entries() {
    for (CoreNet::Node gate = 1; gate <= 3; ++gate) {
      std::optional<Instant>& since = entries_.at(gate).waits_since;
      const LaneState state = net_.snapshot(gate).lanes[CoreNet::entry_lane].state;
      const bool waits = state == LaneState::deciding || state == LaneState::refused;
      if (waits && !since) since = net_.now();
    }
  }

  void watch_admissions() {
    std::optional<Instant> youngest;
    for (CoreNet::Node gate = 1; gate <= 3; ++gate) {
      Entry& entry = entries_.at(gate);
      const Count admitted = net_.exchange(gate).journal().own().admitted;
      if (admitted == std::exchange(entry.admitted, admitted)) continue;
      ++admitted_;
      const Instant since = std::exchange(entry.waits_since, {}).value_or(net_.now());
      youngest = std::max(youngest.value_or(since), since);
    }
    if (!youngest) return;
    for (CoreNet::Node gate = 1; gate <= 3; ++gate)
      if (starves(gate)) longest_ = std::max(longest_, *youngest - *entries_.at(gate).waits_since);
  }

  [[nodiscard]] bool starves(CoreNet::Node gate) const {
    return entries_.at(gate).waits_since &&
           net_.true_ledger().permits(net_.exchange(gate).self().incarnation) < 1;
  }

  CoreNet net_;
  std::array<Entry, 4> entries_;
  Duration longest_ = Duration::min();
  int admitted_ = 0;
};

constexpr Duration longest_way = 10ms;

TEST(WhoWaits, IsOvertakenByNobodyWhoCameMoreThanAMessagesWayLater) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Rush rush({.seed = seed, .gates = 3, .capacity = 2, .delay_max = longest_way});
    rush.run_for(60s);
    EXPECT_GT(rush.admitted(), 40);
    EXPECT_LE(rush.longest_overtaking(), longest_way);
  }
}

// Where permits are at hand, a busy neighbour does not make a quiet gate wait: the question, the
// donor's record, the gift and the own record are all that it takes.
TEST(WhoWaits, WaitsNoLongerForAGiftThanTheWayThereAndBackAndTwoRecords) {
  constexpr Duration longest_record = 5ms;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    CoreNet net({.seed = seed,
                 .gates = 2,
                 .capacity = 40,
                 .delay_max = longest_way,
                 .disk_max = longest_record});
    net.open_for_business();
    // All that the first gate had is used up; the second one lets in car after car.
    while (net.exchange(1).permits() > 0) {
      ASSERT_TRUE(net.car_comes(1));
      ASSERT_TRUE(net.run_until([&] { return !net.car_at_entry(1); }, 10s));
      net.run_for(1s);
    }
    const Count before = net.exchange(1).journal().own().admitted;
    ASSERT_TRUE(net.car_comes(1));
    const auto is_admitted = [&] {
      net.car_comes(2);
      return net.exchange(1).journal().durable().admitted > before;
    };
    // What the second gate writes just then goes first.
    const Duration bound = 2 * longest_way + 4 * longest_record;
    EXPECT_TRUE(net.run_until(is_admitted, bound));
  }
}

// A question that is lost is sent again until it is answered. Three losses in a row come once in a
// thousand questions.
TEST(WhoWaits, IsOvertakenWithinTheResendsWhereMessagesAreLost) {
  constexpr int lost_in_a_row = 4;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Rush rush(
        {.seed = seed, .gates = 3, .capacity = 2, .delay_max = longest_way, .loss_percent = 10});
    rush.run_for(60s);
    EXPECT_GT(rush.admitted(), 40);
    EXPECT_LE(rush.longest_overtaking(), lost_in_a_row * Exchange::resend_after + longest_way);
  }
}

}  // namespace
}  // namespace parking::core
