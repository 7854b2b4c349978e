// A gate whose disk gives it no store: it opens its exits, lets nobody in, speaks with no other
// gate, and begins anew once there is a store.
#include <spdlog/spdlog.h>

#include "app/gate/running_gate.hpp"
#include "app/peer/random.hpp"
#include "app/store/absent_store.hpp"

namespace parking::gate {
namespace {

constexpr std::chrono::milliseconds look_again{5000};
/// While a car is in a lane: its barrier must not be let go of under it.
constexpr std::chrono::milliseconds wait_for_cars{500};

bool in_motion(const core::LaneView& lane) {
  return lane.state == core::LaneState::opening || lane.state == core::LaneState::open ||
         lane.state == core::LaneState::passing;
}

}  // namespace

void RunningGate::go_without_store(const store::Error& error) {
  without_store_ = true;
  store_ = store::absent_store(error, random_);
  after(look_again, [this] { look_for_store(); });
}

void RunningGate::look_for_store() {
  const auto look = [folder = config_.state_dir](const std::stop_token&) {
    const auto found = store::Store::open(folder, peer::strong_random(), nullptr);
    return found ? std::expected<std::string, store::Error>((*found)->opened().note)
                 : std::unexpected(found.error());
  };
  side_.run(look, [this](const std::expected<std::string, store::Error>& note) {
    if (note) {
      spdlog::info("the store can be opened again; beginning anew once no car is in a lane");
      begin_with_store(*note);
    } else {
      after(look_again, [this] { look_for_store(); });
    }
  });
}

void RunningGate::begin_with_store(const std::string& note) {
  for (const core::LaneView& lane : core_->snapshot(node_->now()).lanes) {
    if (!in_motion(lane)) continue;
    after(wait_for_cars, [this, note] { begin_with_store(note); });
    return;
  }
  hooks_.store_renewed(note);
}

}  // namespace parking::gate
