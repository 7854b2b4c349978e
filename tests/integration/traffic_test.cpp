// A gate dies again and again while cars drive; somebody who sees every car counts along.
#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "tests/integration/car_park.hpp"
#include "tests/support/eventually.hpp"

namespace parking::integration {
namespace {

using core::Count;
using core::LaneState;
using core::Presence;
using test_support::eventually;
using wire::LaneSensor;

constexpr Count capacity = 12;
constexpr int deaths = 20;

/// What is really so, shared by the drivers at all gates.
struct World {
  std::atomic<Count> inside = 0;
  std::atomic<Count> parked = 0;  ///< those inside whom no driver is taking out yet
};

/// Cars at one gate, one at a time, and an attendant who settles what the gate could not see.
class Traffic {
public:
  Traffic(const Gate& gate, World& world, std::uint64_t seed)
      : socket_(gate.program.socket()), driver_(socket_), world_(world), random_(seed) {}

  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      if (!settle()) continue;  // the gate is down
      if (random_() % 5 < 3)
        enter();
      else
        leave();
    }
  }

  /// True when nothing is held any more.
  bool settle() {
    const auto lane = driver_.lane("in");
    if (!lane) return false;
    if (lane->held == 0) return true;
    const auto outcome = drove_in_ ? wire::Settlement::entered : wire::Settlement::backed_out;
    LocalLink(socket_).ask(wire::SettleRequest{"in", outcome, "seen by the attendant"});
    return false;
  }

  /// To be called before the gate is killed.
  void dies() { ++deaths_; }
  [[nodiscard]] int moves() const { return moves_; }
  [[nodiscard]] Count most_inside() const { return most_; }
  /// Cars that left while the gate died: it may or may not have counted them.
  [[nodiscard]] Count interrupted_exits() const { return interrupted_exits_; }

private:
  // A car that sees the barrier open drives in, even when the gate dies meanwhile.
  void enter() {
    drove_in_ = false;
    if (!move("in", LaneSensor::approach, Presence::present) || !sees_open("in")) {
      move("in", LaneSensor::approach, Presence::clear);
      return;
    }
    drove_in_ = true;
    most_ = std::max(most_, ++world_.inside);
    pass("in");
    ++world_.parked;
  }

  void leave() {
    if (!take_parked()) return;
    const int deaths_before = deaths_;
    if (!move("out", LaneSensor::approach, Presence::present) || !sees_open("out")) {
      move("out", LaneSensor::approach, Presence::clear);
      ++world_.parked;
      return;
    }
    --world_.inside;
    pass("out");
    if (deaths_ != deaths_before) ++interrupted_exits_;
  }

  bool take_parked() {
    Count parked = world_.parked;
    while (parked > 0 && !world_.parked.compare_exchange_weak(parked, parked - 1)) {
    }
    return parked > 0;
  }

  bool move(const std::string& lane, LaneSensor sensor, Presence presence) {
    ++moves_;
    return driver_.set(lane, sensor, presence);
  }

  void pass(const std::string& lane) {
    move(lane, LaneSensor::passage, Presence::present);
    move(lane, LaneSensor::approach, Presence::clear);
    move(lane, LaneSensor::passage, Presence::clear);
    driver_.sees(lane, LaneState::idle);
  }

  bool sees_open(const std::string& name) {
    bool open = false;
    eventually(std::chrono::seconds(1), [&] {
      const auto lane = driver_.lane(name);
      open = lane && lane->state == LaneState::open;
      return open || !lane || lane->state == LaneState::refused;
    });
    return open;
  }

  std::filesystem::path socket_;
  Driver driver_;
  World& world_;
  std::mt19937_64 random_;
  std::atomic<int> deaths_ = 0;
  std::atomic<int> moves_ = 0;
  bool drove_in_ = false;
  Count most_ = 0;
  Count interrupted_exits_ = 0;
};

class AGateThatDiesAgainAndAgain : public testing::Test {
protected:
  /// Kills the north gate after some more moves of its cars and waits until it is back.
  void kill_and_restart(std::uint64_t moves) {
    const auto goal = at_north.moves() + static_cast<int>(moves);
    ASSERT_TRUE(eventually(patience, [&] { return at_north.moves() >= goal; }));
    at_north.dies();
    north.program.kill();
    north.program.start();
    const auto in_service = [&] {
      return north.status().gate.state == core::GateState::in_service;
    };
    ASSERT_TRUE(eventually(patience, in_service));
    const auto lot = north.status().lot;
    EXPECT_LE(lot.inside + lot.pending + lot.free, capacity);
  }

  std::uint64_t seed = std::random_device{}();
  std::mt19937_64 random{seed};
  CarPark park{capacity, {"north", "south", "west"}};
  Gate& north = park.gate("north");
  World world;
  Traffic at_north{north, world, random()};
  Traffic at_south{park.gate("south"), world, random()};
  Traffic at_west{park.gate("west"), world, random()};
};

TEST_F(AGateThatDiesAgainAndAgain, NeverLetsMoreInThanThereIsRoomForAndForgetsNobody) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  {
    std::vector<std::jthread> drivers;
    for (Traffic* traffic : {&at_north, &at_south, &at_west})
      drivers.emplace_back([traffic](const std::stop_token& stop) { traffic->run(stop); });
    for (int death = 0; death < deaths && !HasFatalFailure(); ++death)
      kill_and_restart(1 + random() % 16);
  }
  ASSERT_TRUE(eventually(patience, [&] { return at_north.settle(); }));
  ASSERT_TRUE(park.is_whole()) << park.figures();
  EXPECT_TRUE(park.sums_add_up()) << park.figures();
  for (const Traffic* traffic : {&at_north, &at_south, &at_west})
    EXPECT_LE(traffic->most_inside(), capacity);
  // Known only once nothing is pending any more: cars that turned away have a second for it.
  EXPECT_TRUE(eventually(patience, [&] { return north.status().lot.pending == 0; }));
  const Count counted = north.status().lot.inside;
  EXPECT_GE(counted, world.inside);
  EXPECT_LE(counted, world.inside + at_north.interrupted_exits());
  EXPECT_TRUE(park.all_show(counted, capacity - counted));
}

}  // namespace
}  // namespace parking::integration
