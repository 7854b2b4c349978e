#include <algorithm>

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/gate/gate.hpp"
#include "app/wire/local.hpp"
#include "tests/support/port.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/app/peer/loop.hpp"
#include "tests/unit/app/peer/raw_peer.hpp"
#include "tests/unit/app/store/faulty_disk.hpp"

namespace parking::gate {
namespace {

namespace faulty_disk = store::faulty_disk;
namespace fs = std::filesystem;
using peer::RawPeer;
using peer::run_until;
using testing::HasSubstr;

std::string text_of(const fs::path& folder) {
  return "[gate]\nid = \"north\"\nlisten = \"" + test_support::free_address() +
         "\"\ndiscovery = \"" + test_support::free_address() + "\"\nstate_dir = \"" +
         (folder / "state").string() + "\"\nsocket = \"" + (folder / "gate.sock").string() +
         "\"\n[board]\nkind = \"simulated\"\n"
         "[[lane]]\nname = \"out\"\ndirection = \"exit\"\n"
         "approach = { kind = \"beam\", debounce_ms = 0 }\n"
         "passage = { kind = \"beam\", debounce_ms = 0 }\n"
         "barrier = { kind = \"pulse\", milliseconds = 50, repeat_s = 0 }\n";
}

class ARunningGate : public testing::Test {
protected:
  ARunningGate() : config(parse_gate_config(text_of(folder.path()), "gate.toml").value()) {
    faulty_disk::install();
  }
  ~ARunningGate() override { faulty_disk::set(faulty_disk::Fault::none); }

  void start(const std::string& replaced = {}) {
    renewed.clear();
    begun = false;
    auto started = Gate::start(io.get_executor(), config, "1.0", replaced,
                               {.store_renewed =
                                    [this](const std::string& why) {
                                      renewed = why;
                                      begun = true;
                                    },
                                .worked = {}});
    ASSERT_TRUE(started) << started.error();
    gate = std::move(*started);
    client = RawPeer::dial(io, config.socket);
  }

  wire::LocalReply ask(const wire::LocalRequest& request) {
    const std::size_t before = client->payloads.size();
    client->say_frame(wire::encode(request));
    if (!run_until(io, [&] { return client->payloads.size() > before; })) {
      ADD_FAILURE() << "no answer";
      return {};
    }
    return wire::decode_local_reply(client->payloads.back()).value();
  }

  core::Snapshot status() { return ask(wire::StatusRequest{}).snapshot.value(); }

  bool alarmed(std::string_view code) {
    const auto now = status();
    return std::ranges::any_of(now.alarms,
                               [&](const core::AlarmView& alarm) { return alarm.code == code; });
  }

  /// Ends the gate as its program does when it begins a new life.
  void begin_anew() {
    const std::string why = renewed;
    client.reset();
    gate.reset();
    start(why);
  }

  [[nodiscard]] fs::path aside() const { return config.state_dir / "ledger.db.set-aside-1"; }

  boost::asio::io_context io;
  test_support::TempDir folder;
  GateConfig config;
  std::unique_ptr<Gate> gate;
  std::unique_ptr<RawPeer> client;
  std::string renewed;
  bool begun = false;  ///< the gate wants to be destroyed and started again
};

TEST_F(ARunningGate, RenewsItsStoreWhenTheOperatorWantsAnother) {
  start();
  const auto before = status().gate.incarnation;
  const auto reply = ask(wire::StoreRenewRequest{"a new card"});
  EXPECT_EQ(reply.error, "");
  ASSERT_TRUE(run_until(io, [&] { return !renewed.empty(); }));
  EXPECT_THAT(renewed, HasSubstr("a new card"));
  EXPECT_TRUE(fs::exists(aside()));

  begin_anew();
  EXPECT_NE(status().gate.incarnation, before);
  EXPECT_TRUE(alarmed("store_replaced"));
}

TEST_F(ARunningGate, RenewsAStoreThatHasFailed) {
  start();
  const auto before = status().gate.incarnation;
  faulty_disk::set(faulty_disk::Fault::sync_error);
  EXPECT_EQ(ask(wire::EntriesRequest{false, "writes something"}).error, "");
  ASSERT_TRUE(run_until(io, [&] { return alarmed("disk"); }));
  EXPECT_EQ(status().gate.state, core::GateState::admissions_stopped);
  faulty_disk::set(faulty_disk::Fault::none);
  EXPECT_EQ(status().gate.state, core::GateState::admissions_stopped);

  EXPECT_EQ(ask(wire::StoreRenewRequest{"the disk failed"}).error, "");
  ASSERT_TRUE(run_until(io, [&] { return !renewed.empty(); }));
  EXPECT_TRUE(fs::exists(aside()));
  begin_anew();
  EXPECT_NE(status().gate.incarnation, before);
  EXPECT_FALSE(alarmed("disk"));
}

// The kernel shows pages that it could not write as if they were on the disk.
TEST_F(ARunningGate, LetsNobodyInWithAFailedStoreAfterARestartOfTheProgramEither) {
  start();
  const auto before = status().gate.incarnation;
  faulty_disk::set(faulty_disk::Fault::sync_error);
  EXPECT_EQ(ask(wire::EntriesRequest{false, "writes something"}).error, "");
  ASSERT_TRUE(run_until(io, [&] { return alarmed("disk"); }));
  faulty_disk::set(faulty_disk::Fault::none);

  begin_anew();
  EXPECT_EQ(status().gate.incarnation, before);
  EXPECT_TRUE(alarmed("disk"));
  const auto shown = ask(wire::HistoryRequest{.limit = 10}).events.size();
  EXPECT_EQ(ask(wire::EntriesRequest{true, "writes something"}).error, "");
  EXPECT_EQ(ask(wire::HistoryRequest{.limit = 10}).events.size(), shown);
  EXPECT_EQ(status().gate.state, core::GateState::admissions_stopped);
  EXPECT_EQ(ask(wire::SensorRequest{"out", wire::LaneSensor::approach, core::Presence::present})
                .snapshot.value()
                .lanes[0]
                .state,
            core::LaneState::open);

  EXPECT_EQ(ask(wire::StoreRenewRequest{"the disk failed"}).error, "");
  ASSERT_TRUE(run_until(io, [&] { return !renewed.empty(); }));
  begin_anew();
  EXPECT_NE(status().gate.incarnation, before);
  EXPECT_FALSE(alarmed("disk"));
}

// Opened again it would admit with permits that may be spent already.
TEST_F(ARunningGate, GoesNotOnWithAStoreThatCannotBeSetAside) {
  start();
  fs::remove_all(config.state_dir);
  EXPECT_EQ(ask(wire::StoreRenewRequest{"a new card"}).error, "");
  ASSERT_TRUE(run_until(io, [&] { return alarmed("store_not_renewed"); }));
  EXPECT_EQ(renewed, "");
  EXPECT_EQ(status().gate.state, core::GateState::admissions_stopped);
  EXPECT_EQ(ask(wire::SensorRequest{"out", wire::LaneSensor::approach, core::Presence::present})
                .snapshot.value()
                .lanes[0]
                .state,
            core::LaneState::open)
      << "an exit is let out all the same";

  fs::create_directories(config.state_dir);
  EXPECT_TRUE(run_until(io, [&] { return !renewed.empty(); }));
}

TEST_F(ARunningGate, LetsCarsOutWithoutAStoreAndBeginsAnewWhenThereIsRoomForOne) {
  faulty_disk::set(faulty_disk::Fault::full);
  start();
  EXPECT_TRUE(alarmed("disk"));
  EXPECT_EQ(status().gate.state, core::GateState::admissions_stopped);
  EXPECT_TRUE(status().gate.incarnation.empty());
  EXPECT_THAT(ask(wire::StoreRenewRequest{"a new card"}).error, HasSubstr("no store to renew"));
  EXPECT_EQ(ask(wire::HistoryRequest{.limit = 1}).events.size(), 0U);
  EXPECT_EQ(ask(wire::SensorRequest{"out", wire::LaneSensor::approach, core::Presence::present})
                .snapshot.value()
                .lanes[0]
                .state,
            core::LaneState::open);
  faulty_disk::set(faulty_disk::Fault::none);
  EXPECT_EQ(
      ask(wire::SensorRequest{"out", wire::LaneSensor::approach, core::Presence::clear}).error, "");
  ASSERT_TRUE(run_until(
      io, [&] { return begun; }, std::chrono::seconds(30)));
  begin_anew();
  EXPECT_FALSE(alarmed("disk"));
  EXPECT_FALSE(status().gate.incarnation.empty());
}

TEST_F(ARunningGate, SaysWhereToAskForWhatConcernsTheLot) {
  start();
  for (const wire::LocalRequest& request :
       {wire::LocalRequest(wire::CapacityRequest{10, "r"}),
        wire::LocalRequest(wire::RetireRequest{{core::GateId::parse("south").value()}, "r"}),
        wire::LocalRequest(wire::ImportRequest{"/a", "r"}),
        wire::LocalRequest(wire::TakeOverRequest{"r"}),
        wire::LocalRequest(wire::DismissLotRequest{core::LotId{7}, "r"})})
    EXPECT_THAT(ask(request).error, HasSubstr("on the central Pi"));
}

TEST_F(ARunningGate, GivesItsHistoryPageByPage) {
  start();
  for (const char* reason : {"one", "two", "three"})
    EXPECT_EQ(ask(wire::EntriesRequest{true, reason}).error, "");
  const auto newest = ask(wire::HistoryRequest{.limit = 1}).events;
  ASSERT_EQ(newest.size(), 1U);
  EXPECT_EQ(newest[0].text, "three");
  const auto older = ask(wire::HistoryRequest{.limit = 1, .before = newest[0].number}).events;
  ASSERT_EQ(older.size(), 1U);
  EXPECT_EQ(older[0].text, "two");
}

}  // namespace
}  // namespace parking::gate
