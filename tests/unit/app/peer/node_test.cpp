#include "app/peer/node.hpp"

#include <thread>

#include <boost/asio/post.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/wire/convert.hpp"
#include "tests/unit/app/peer/loop.hpp"
#include "tests/unit/app/peer/raw_peer.hpp"

namespace parking::peer {
namespace {

using core::LinkId;
using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

core::GateId gate(std::string_view name) {
  return core::GateId::parse(name).value();
}

const core::Refusal farewell{core::RefusalCode::not_understood, "farewell"};

/// Notes every input by name and does what the test says.
struct FakeMachine {
  explicit FakeMachine(const core::Remembered& remembered = {})
      : exchange(
            {.self = {gate("north"), {1}}}, remembered, [] { return 1; }, core::Instant{}) {}

  core::Effects step(const core::Input& input, core::Instant at) {
    times.push_back(at);
    EXPECT_FALSE(std::exchange(stepping, true)) << "a step within a step";
    core::Effects effects;
    core::Effects ignored;
    if (const auto* up = std::get_if<core::LinkUp>(&input)) {
      exchange.link_up(up->link, up->dialled, {}, ignored);
      links.push_back(up->link);
      inputs.push_back("up " + up->dialled.text());
    } else if (const auto* down = std::get_if<core::LinkDown>(&input)) {
      exchange.link_down(down->link, {});
      inputs.emplace_back("down");
    } else if (std::holds_alternative<core::Received>(input)) {
      inputs.emplace_back("received");
    } else if (std::holds_alternative<core::Tick>(input)) {
      ++ticks;
    } else if (std::holds_alternative<core::Persisted>(input)) {
      inputs.emplace_back("persisted");
    } else {
      inputs.emplace_back("other");
    }
    if (react) react(input, effects);
    stepping = false;
    return effects;
  }

  core::Exchange exchange;
  std::vector<std::string> inputs;
  std::vector<core::Instant> times;
  std::vector<LinkId> links;
  std::function<void(const core::Input&, core::Effects&)> react;
  int ticks = 0;
  bool stepping = false;
};

class ANode : public testing::Test {
protected:
  void make(const core::Remembered& remembered = {}) {
    machine.emplace(remembered);
    node.emplace(
        io.get_executor(),
        Node::Machine{.step = [this](const core::Input& input,
                                     core::Instant now) { return machine->step(input, now); },
                      .next_wake = [this](core::Instant now) { return now + wake_in; },
                      .exchange = [this]() -> const core::Exchange& { return machine->exchange; }},
        std::move(hooks), [] { return 0; });
  }

  std::unique_ptr<RawPeer> dial_in() {
    auto [stream, peer] = make_pair(io);
    node->attach(Session::create(std::move(stream)));
    return std::move(peer);
  }

  std::size_t count(const std::string& input) const {
    return static_cast<std::size_t>(std::ranges::count(machine->inputs, input));
  }

  asio::io_context io;
  core::Duration wake_in{3'600'000};
  Node::Hooks hooks;
  std::optional<FakeMachine> machine;
  std::optional<Node> node;
};

TEST_F(ANode, TellsItsMachineWhoComesWhatHeSaysAndThatHeGoes) {
  make();
  auto peer = dial_in();
  peer->say(farewell);
  ASSERT_TRUE(run_until(io, [&] { return count("received") == 1; }));
  peer->hang_up();
  ASSERT_TRUE(run_until(io, [&] { return count("down") == 1; }));
  EXPECT_THAT(machine->inputs, ElementsAre("up ", "received", "down"));
}

TEST_F(ANode, PassesOnTheMessageThatWasReadBeforeItWasAsked) {
  make();
  auto [stream, peer] = make_pair(io);
  node->attach(Session::create(std::move(stream)), core::Message{farewell});
  EXPECT_THAT(machine->inputs, ElementsAre("up ", "received"));
}

TEST_F(ANode, WorksOffEffectsInTheirOrder) {
  std::vector<std::string> done;
  hooks.drive = [&](const auto&) { done.emplace_back("drive"); };
  hooks.persist = [&](const core::Record&) { done.emplace_back("persist"); };
  hooks.snapshot_changed = [&] { done.emplace_back("snapshot"); };
  hooks.identity_ended = [&](const std::string& why) { done.push_back(why); };
  hooks.worked = [&] { done.emplace_back("worked"); };
  make();
  machine->react = [](const core::Input&, core::Effects& effects) {
    effects.outputs.push_back({});
    effects.record.emplace();
    effects.snapshot_changed = true;
    effects.identity_ended = "ended";
  };
  node->input(core::Tick{});
  EXPECT_THAT(done, ElementsAre("drive", "persist", "snapshot", "ended", "worked"));
}

TEST_F(ANode, SendsBeforeItCloses) {
  make();
  machine->react = [](const core::Input& input, core::Effects& effects) {
    const auto* up = std::get_if<core::LinkUp>(&input);
    if (up == nullptr) return;
    effects.closes.push_back(up->link);
    for (int i = 0; i < 3; ++i) effects.sends.push_back({up->link, farewell});
  };
  const auto peer = dial_in();
  ASSERT_TRUE(run_until(io, [&] { return peer->ended(); }));
  EXPECT_THAT(peer->heard<core::Refusal>(), SizeIs(3));
}

// A process that stood still for seconds: its sensors saw a car pass, its timer says that the car
// had time enough.
TEST_F(ANode, IsToldWhatHappenedBeforeTimeAloneDecides) {
  bool told = false;
  hooks.due = [&] {
    if (!std::exchange(told, true))
      node->input(core::SensorChanged{}, std::chrono::steady_clock::now());
  };
  wake_in = core::Duration{1};
  make();
  node->input(core::PeersListed{});
  told = false;
  machine->inputs.clear();
  std::this_thread::sleep_for(milliseconds{20});
  node->input(core::Persisted{1});
  EXPECT_THAT(machine->inputs, ElementsAre("other", "persisted"));
}

TEST_F(ANode, StepsAtTheTimeAtWhichSomethingHappenedButNeverBack) {
  make();
  const auto start = std::chrono::steady_clock::now();
  std::this_thread::sleep_for(milliseconds{20});
  node->input(core::SensorChanged{}, start + milliseconds{5});
  node->input(core::SensorChanged{}, start - milliseconds{50});
  node->input(core::SensorChanged{}, start + std::chrono::hours{1});
  ASSERT_THAT(machine->times, SizeIs(3));
  EXPECT_LE(machine->times[0], node->now() - milliseconds{10});
  EXPECT_EQ(machine->times[1], machine->times[0]);
  EXPECT_GT(machine->times[2], machine->times[0]);
  EXPECT_LE(machine->times[2], node->now());
}

TEST_F(ANode, LetsInputsWaitThatAriseWithinAStep) {
  hooks.persist = [this](const core::Record&) { node->input(core::Persisted{1}); };
  make();
  bool first = true;
  machine->react = [&](const core::Input&, core::Effects& effects) {
    if (std::exchange(first, false)) effects.record.emplace();
    machine->inputs.emplace_back("end of step");
  };
  node->input(core::PeersListed{});
  EXPECT_THAT(machine->inputs, ElementsAre("other", "end of step", "persisted", "end of step"));
}

TEST_F(ANode, ReturnsWhyACommandWasRefusedAlsoWhenOtherInputsFollow) {
  hooks.persist = [this](const core::Record&) { node->input(core::Persisted{1}); };
  make();
  machine->react = [](const core::Input& input, core::Effects& effects) {
    if (!std::holds_alternative<core::Settle>(input)) return;
    effects.refused = "nothing is held";
    effects.record.emplace();
  };
  EXPECT_EQ(node->input(core::Settle{}), "nothing is held");
  EXPECT_EQ(node->input(core::Tick{}), std::nullopt);
}

TEST_F(ANode, SaysOnceThatALinkIsDownHoweverOftenItIsClosed) {
  make();
  auto peer = dial_in();
  machine->react = [this](const core::Input& input, core::Effects& effects) {
    if (std::holds_alternative<core::LinkDown>(input)) return;
    effects.closes = {machine->links.front(), machine->links.front()};
  };
  node->input(core::Tick{});
  node->input(core::Tick{});
  peer->hang_up();
  ASSERT_TRUE(run_until(io, [&] { return count("down") == 1; }));
  node->input(core::Tick{});
  run_ready(io);
  EXPECT_EQ(count("down"), 1U);
}

TEST_F(ANode, DisconnectsWhoCannotBeUnderstood) {
  make();
  const auto peer = dial_in();
  const auto other = dial_in();
  peer->say_frame("\x01garbage");
  ASSERT_TRUE(run_until(io, [&] { return peer->ended(); }));
  EXPECT_EQ(count("down"), 1U);
  EXPECT_EQ(count("received"), 0U);
  EXPECT_FALSE(other->ended());
}

TEST_F(ANode, TakesNoMoreThanItsLimitOfConnections) {
  make();
  std::vector<std::unique_ptr<RawPeer>> peers;
  for (std::size_t i = 0; i < Node::max_links; ++i) peers.push_back(dial_in());
  const auto one_too_many = dial_in();
  EXPECT_TRUE(run_until(io, [&] { return one_too_many->ended(); }));
  EXPECT_EQ(machine->links.size(), Node::max_links);
  peers.pop_back();
  ASSERT_TRUE(run_until(io, [&] { return count("down") == 1; }));
  const auto next = dial_in();
  EXPECT_EQ(machine->links.size(), Node::max_links + 1);
}

TEST_F(ANode, DoesNotKnowASessionThatEndedBeforeItCame) {
  make();
  auto [stream, peer] = make_pair(io);
  const auto session = Session::create(std::move(stream));
  session->close("gone");
  node->attach(session);
  EXPECT_THAT(machine->inputs, IsEmpty());
}

TEST_F(ANode, TicksWhenItsMachineWantsItAndNotAllTheTime) {
  wake_in = core::Duration{0};  // overdue is taken for 1 ms
  make();
  node->input(core::Tick{});
  EXPECT_TRUE(run_until(io, [&] { return machine->ticks >= 4; }));
  wake_in = core::Duration{3'600'000};
  node->input(core::Tick{});
  const int before = machine->ticks;
  EXPECT_FALSE(run_until(
      io, [&] { return machine->ticks > before; }, milliseconds(50)));
}

core::Remembered knows(const RawListener& listener) {
  core::Remembered remembered;
  remembered.lot = core::LotId{5};
  remembered.peers =
      core::PeerList{.lot = core::LotId{5},
                     .peers = {{.owner = {gate("south"), {2}}, .address = listener.address()}}};
  return remembered;
}

TEST_F(ANode, DialsTheGatesThatAreListed) {
  const RawListener south(io);
  make(knows(south));
  node->dial_peers(true);
  ASSERT_TRUE(run_until(io, [&] { return !machine->links.empty(); }));
  EXPECT_THAT(machine->inputs, ElementsAre("up south"));
}

TEST_F(ANode, DialsAgainWhenTheConnectionIsLost) {
  const RawListener south(io);
  make(knows(south));
  node->dial_peers(true);
  ASSERT_TRUE(run_until(io, [&] { return machine->links.size() == 1 && south.peers.size() == 1; }));
  south.peers.front()->hang_up();
  EXPECT_TRUE(run_until(io, [&] { return machine->links.size() == 2; }));
  EXPECT_THAT(machine->inputs, ElementsAre("up south", "down", "up south"));
}

TEST_F(ANode, DialsNobodyUnlessTold) {
  const RawListener south(io);
  make(knows(south));
  machine->react = [](const core::Input&, core::Effects& effects) { effects.peers_changed = true; };
  node->input(core::Tick{});
  EXPECT_FALSE(run_until(
      io, [&] { return !south.peers.empty(); }, milliseconds(150)));
}

TEST_F(ANode, SendsWhatIsQueuedWhenItStops) {
  make();
  const auto peer = dial_in();
  machine->react = [this](const core::Input&, core::Effects& effects) {
    effects.sends.push_back({machine->links.front(), farewell});
  };
  node->input(core::Tick{});
  node.reset();
  ASSERT_TRUE(run_until(io, [&] { return peer->ended(); }));
  EXPECT_THAT(peer->heard<core::Refusal>(), ElementsAre(farewell));
}

TEST_F(ANode, FeedsItsMachineNothingOfItsOwnAfterItStopped) {
  wake_in = core::Duration{0};
  make();
  auto peer = dial_in();
  peer->say(farewell);
  node->stop();
  const int before = machine->ticks;
  EXPECT_FALSE(run_until(
      io, [&] { return machine->ticks > before; }, milliseconds(20)));
  EXPECT_THAT(machine->inputs, ElementsAre("up "));
  const auto late = dial_in();
  EXPECT_TRUE(run_until(io, [&] { return late->ended(); }));
  EXPECT_THAT(machine->inputs, ElementsAre("up "));
}

TEST_F(ANode, MayBeDestroyedWhenItsTimerHasJustEnded) {
  wake_in = core::Duration{5};
  make();
  // Due before the node's own timer, and too busy to let it be noticed in time.
  asio::steady_timer earlier(io, milliseconds(2));
  earlier.async_wait([&](boost::system::error_code) {
    const auto end = std::chrono::steady_clock::now() + milliseconds(10);
    while (std::chrono::steady_clock::now() < end) {
    }
    asio::post(io, [&] { node.reset(); });
  });
  node->input(core::Tick{});
  EXPECT_TRUE(run_until(io, [&] { return !node; }));
  run_ready(io);
}

}  // namespace
}  // namespace parking::peer
