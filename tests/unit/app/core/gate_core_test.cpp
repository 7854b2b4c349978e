#include "app/core/gate_core.hpp"

#include <gtest/gtest.h>

#include "tests/unit/app/core/gate_bench.hpp"

namespace parking::core {
namespace {

using std::chrono_literals::operator""h;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

constexpr std::size_t in = 0;
constexpr std::size_t out = 1;

/// A gate in service with so many permits and a clear lane.
GateBench in_service(Count permits) {
  GateBench bench(GateBench::store_with(permits));
  bench.sensors_clear();
  bench.south_comes();
  bench.pass(2s);
  return bench;
}

Effects a_car_comes(GateBench& bench, std::size_t lane = in) {
  return bench.sensor(lane, LaneInput::approach, Presence::present);
}

Effects it_drives_through(GateBench& bench, std::size_t lane = in) {
  bench.sensor(lane, LaneInput::passage, Presence::present);
  bench.sensor(lane, LaneInput::approach, Presence::clear);
  bench.sensor(lane, LaneInput::passage, Presence::clear);
  return bench.pass(800ms);
}

TEST(Entry, OpensOnlyWhenTheAdmissionIsDurable) {
  GateBench bench = in_service(1);
  const Effects effects = a_car_comes(bench);
  EXPECT_FALSE(GateBench::opens(effects, in));
  ASSERT_TRUE(effects.record && effects.record->own);
  EXPECT_EQ(effects.record->own->admitted, 1);
  EXPECT_EQ(effects.record->held.at("in"), 1);
  EXPECT_FALSE(GateBench::opens(bench.pass(5s), in));
  EXPECT_TRUE(GateBench::opens(bench.disk_is_done(), in));
  it_drives_through(bench);
  EXPECT_EQ(bench.own().entered, 1);
  EXPECT_EQ(bench.own().pending(), 0);
}

TEST(Entry, DoesNotOpenOnAnEarlierRecord) {
  GateBench bench = in_service(1);
  bench.step(AllowEntries{true, "an event that is worth a record"});
  const RecordNumber earlier = bench.last_record;
  a_car_comes(bench);
  ASSERT_GT(bench.last_record, earlier);
  EXPECT_FALSE(GateBench::opens(bench.step(Persisted{earlier}), in));
  EXPECT_TRUE(GateBench::opens(bench.step(Persisted{bench.last_record}), in));
}

TEST(Entry, NeedsAPermitOfItsOwn) {
  GateBench bench = in_service(0);
  a_car_comes(bench);
  bench.pass(10s);
  EXPECT_EQ(bench.own().admitted, 0);
}

TEST(Entry, DoesNotSpendWhatTheSameStepCountedAway) {
  GateBench bench = in_service(1);
  bench.step(AllowEntries{false, "recount"});
  // A car drives in through the barrier that was opened by hand, the next one stands behind it.
  a_car_comes(bench);
  bench.sensor(in, LaneInput::passage, Presence::present);
  bench.sensor(in, LaneInput::approach, Presence::clear);
  bench.sensor(in, LaneInput::approach, Presence::present);
  bench.sensor(in, LaneInput::passage, Presence::clear);
  bench.now += 800ms;
  bench.step(AllowEntries{true, ""});
  EXPECT_EQ(bench.own().unadmitted, 1);
  EXPECT_EQ(bench.own().admitted, 0);
  EXPECT_TRUE(bench.alarmed("unadmitted"));
}

TEST(ABackOut, ReturnsThePermit) {
  GateBench bench = in_service(1);
  a_car_comes(bench);
  bench.disk_is_done();
  bench.sensor(in, LaneInput::approach, Presence::clear);
  bench.pass(10s);
  EXPECT_EQ(bench.own().backed_out, 1);
  EXPECT_EQ(bench.gate.exchange().permits(), 1);
}

TEST(AHeldAdmission, BlocksNoLaneKeepsItsPermitAndWaitsForTheOperator) {
  GateBench bench = in_service(2);
  a_car_comes(bench);
  bench.disk_is_done();
  bench.sensor(in, LaneInput::passage, Presence::present);
  bench.sensor(in, LaneInput::passage, Presence::clear);
  const Effects next = bench.pass(800ms);
  EXPECT_EQ(bench.lane(in).held, 1);
  EXPECT_TRUE(bench.alarmed("held"));
  EXPECT_EQ(bench.own().admitted, 2) << "the car at the approach has a permit of its own";
  EXPECT_EQ(bench.own().pending(), 2);
  EXPECT_EQ(next.record->held.at("in"), 2);

  EXPECT_TRUE(bench.step(Settle{"out", Settlement::entered, "seen"}).refused);
  EXPECT_TRUE(bench.step(Settle{"nowhere", Settlement::entered, "seen"}).refused);
  EXPECT_FALSE(bench.step(Settle{"in", Settlement::backed_out, "seen"}).refused);
  EXPECT_EQ(bench.own().backed_out, 1);
  EXPECT_EQ(bench.lane(in).held, 0);
  EXPECT_FALSE(bench.alarmed("held"));
  EXPECT_TRUE(bench.step(Settle{"in", Settlement::backed_out, "again"}).refused);
}

TEST(Exit, OpensAtOnceWhateverTheDiskTheNetworkAndTheCount) {
  GateBench bench(GateBench::store_with(0));
  bench.sensors_clear();
  bench.step(StoreFailed{"replace the card"});
  bench.step(AllowEntries{false, "recount"});
  EXPECT_TRUE(GateBench::opens(a_car_comes(bench, out), out));
  it_drives_through(bench, out);
  EXPECT_EQ(bench.own().left, 1);
}

TEST(AnExit, GivesItsPermitOnlyToAnAdmissionThatIsDurableAfterIt) {
  GateBench bench = in_service(0);
  a_car_comes(bench, in);
  a_car_comes(bench, out);
  bench.now += 1ms;
  bench.sensor(out, LaneInput::passage, Presence::present);
  bench.sensor(out, LaneInput::approach, Presence::clear);
  bench.sensor(out, LaneInput::passage, Presence::clear);
  EXPECT_FALSE(GateBench::opens(bench.pass(800ms), in));
  EXPECT_EQ(bench.own().left, 1);
  bench.pass(5ms);
  bench.disk_is_done();
  EXPECT_EQ(bench.own().admitted, 1);
  EXPECT_TRUE(bench.lane(in).barrier == BarrierState::opening ||
              GateBench::opens(bench.disk_is_done(), in));
}

TEST(AFailedDisk, StopsEntriesUntilItIsBack) {
  GateBench bench = in_service(1);
  bench.step(StoreFailed{"replace the card"});
  a_car_comes(bench);
  EXPECT_EQ(bench.own().admitted, 0);
  EXPECT_EQ(bench.lane(in).reason, RefusalReason::disk);
  EXPECT_EQ(bench.gate.snapshot(bench.now).gate.state, GateState::admissions_stopped);
  bench.step(StoreRecovered{});
  EXPECT_EQ(bench.own().admitted, 1);
}

TEST(AnIncarnation, AdmitsNothingUntilSomebodyToldWhichVersionItKnows) {
  GateBench bench(GateBench::store_with(3));
  bench.sensors_clear();
  a_car_comes(bench);
  bench.pass(1h);
  EXPECT_EQ(bench.own().admitted, 0);
  EXPECT_EQ(bench.lane(in).reason, RefusalReason::joining);
  bench.south_comes();
  bench.pass(1ms);
  EXPECT_EQ(bench.own().admitted, 1);
}

// Who calls does not know yet whom he will reach: he may have to say that this row has ended.
TEST(AnIncarnation, AdmitsNothingBeforeACallerHasTakenItsAnswer) {
  GateBench bench(GateBench::store_with(3));
  bench.sensors_clear();
  a_car_comes(bench);
  bench.south_calls();
  bench.pass(1h);
  EXPECT_EQ(bench.own().admitted, 0);
  bench.say(Refusal{RefusalCode::retired, "this gate was retired"});
  bench.pass(1h);
  EXPECT_EQ(bench.own().admitted, 0);
}

// It was started in the place of a lost one and has asked nobody yet.
TEST(AnIncarnation, IsNotConfirmedByAnOfficeThatHasNotTakenTheLotOver) {
  GateBench bench(GateBench::store_with(3));
  bench.sensors_clear();
  a_car_comes(bench);
  Row office{.owner = {GateId::office(), Incarnation{77}}, .version = 1};
  bench.step(LinkUp{GateBench::link, {}});
  bench.say(Hello{.to = GateBench::north.gate, .lot = GateBench::lot, .row = {office, "1"}});
  bench.say(Digest{});
  bench.pass(1h);
  EXPECT_EQ(bench.own().admitted, 0);
  office.version = 2;
  office.office.emplace().retired[Incarnation{GateBench::lot.value}] = 9;
  bench.say(Rows{{{{office, "2"}, Duration{0}}}});
  bench.pass(1ms);
  EXPECT_EQ(bench.own().admitted, 1);
}

TEST(AGateThatNobodyConfirms, SaysSoAfterTenSeconds) {
  GateBench bench(GateBench::store_with(3));
  bench.sensors_clear();
  bench.pass(std::chrono::milliseconds(9'900));
  EXPECT_FALSE(bench.alarmed("joining"));
  bench.pass(std::chrono::milliseconds(700));
  EXPECT_TRUE(bench.alarmed("joining"));
  bench.step(TrustStore{"all others are off"});
  EXPECT_FALSE(bench.alarmed("joining"));
}

TEST(PermitsOutOfReach, RaiseAnAlarm) {
  GateBench bench(GateBench::store_with(3));
  EXPECT_FALSE(bench.alarmed("stranded"));
  bench.pass(std::chrono::seconds(20));
  EXPECT_TRUE(bench.alarmed("stranded")) << "the office holds seven and was never heard";
}

TEST(AnIncarnation, AdmitsWithNobodyThereWhenTheOperatorTrustsTheStore) {
  GateBench bench(GateBench::store_with(3));
  bench.sensors_clear();
  a_car_comes(bench);
  bench.step(TrustStore{"nobody else is up"});
  EXPECT_EQ(bench.own().admitted, 1);
}

TEST(ARestoredStore, AdmitsNothingAndSaysNothingMore) {
  Remembered store = GateBench::store_with(3);
  store.own = Row{.owner = GateBench::north, .version = 2, .tag = 20};
  store.past_tags = {10, 20};
  GateBench bench(store);
  bench.sensors_clear();
  const Effects effects = bench.south_comes({{GateBench::north.incarnation, 3, 30}});
  EXPECT_TRUE(effects.identity_ended);
  EXPECT_TRUE(effects.sends.empty());
  a_car_comes(bench);
  bench.pass(10s);
  EXPECT_EQ(bench.own().admitted, 0);
  EXPECT_EQ(bench.lane(in).reason, RefusalReason::identity);
  EXPECT_TRUE(bench.step(TrustStore{"please"}).refused);
  EXPECT_TRUE(GateBench::opens(a_car_comes(bench, out), out)) << "an exit is never refused";
}

TEST(AClone, EndsWhenAPeerAcknowledgesATagItNeverDrew) {
  Remembered store = GateBench::store_with(3);
  store.own = Row{.owner = GateBench::north, .version = 2, .tag = 20};
  store.past_tags = {10, 20};
  GateBench bench(store);
  EXPECT_FALSE(bench.south_comes({{GateBench::north.incarnation, 1, 10}}).identity_ended);
  const RowMark clone{GateBench::north.incarnation, 2, 21};
  EXPECT_TRUE(
      bench.say(Reply{.id = 1, .row = {Row{.owner = GateBench::south}, ""}, .ack = {clone, clone}})
          .identity_ended);
}

TEST(ASupersededStore, Ends) {
  GateBench bench = in_service(3);
  const PeerList list{.lot = GateBench::lot,
                      .peers = {{.owner = {GateBench::north.gate, Incarnation{9}},
                                 .superseded = {GateBench::north.incarnation}}}};
  EXPECT_TRUE(bench.step(PeersListed{list}).identity_ended);
}

// --- restart in mid-admission ------------------------------------------------------------------

Remembered with_pending(Count held, const std::string& lane = "in") {
  Remembered store = GateBench::store_with(held + 1);
  store.own = Row{.owner = GateBench::north, .version = 1, .tag = 10, .admitted = held};
  store.past_tags = {10};
  store.held[lane] = held;
  return store;
}

TEST(APendingAdmission, IsNeverUsedForTheNextCarAfterARestart) {
  GateBench bench(with_pending(1));
  bench.sensors_clear();
  bench.south_comes();
  bench.pass(2s);
  EXPECT_TRUE(bench.alarmed("held"));
  const Effects effects = a_car_comes(bench);
  EXPECT_FALSE(GateBench::opens(effects, in));
  EXPECT_EQ(bench.own().admitted, 2);
  EXPECT_EQ(bench.lane(in).held, 1);
}

TEST(ACarCoveringThePassageAtStart, IsTheOnePendingAdmission) {
  for (const bool passage_is_read_first : {true, false}) {
    GateBench bench(with_pending(1));
    bench.pass(10ms);
    if (!passage_is_read_first) bench.sensor(in, LaneInput::approach, Presence::clear);
    bench.sensor(in, LaneInput::passage, Presence::present);
    if (passage_is_read_first) bench.sensor(in, LaneInput::approach, Presence::clear);
    bench.pass(1s);
    EXPECT_EQ(bench.own().pending(), 1);
    bench.sensor(in, LaneInput::passage, Presence::clear);
    bench.pass(800ms);
    EXPECT_EQ(bench.own().entered, 1);
    EXPECT_EQ(bench.lane(in).held, 0);
    EXPECT_FALSE(bench.alarmed("held"));
  }
}

TEST(ACarCoveringThePassageAtStart, IsNobodyInParticularWhenTwoArePending) {
  GateBench bench(with_pending(2));
  bench.sensor(in, LaneInput::approach, Presence::clear);
  bench.sensor(in, LaneInput::passage, Presence::present);
  bench.sensor(in, LaneInput::passage, Presence::clear);
  bench.pass(800ms);
  EXPECT_EQ(bench.own().entered, 0);
  EXPECT_EQ(bench.lane(in).held, 2);
}

TEST(ACarCoveringThePassageLater, IsNotTheOneThatWasPendingAtStart) {
  GateBench bench(with_pending(1));
  bench.sensors_clear();
  bench.pass(1s);
  bench.sensor(in, LaneInput::passage, Presence::unknown);
  bench.sensor(in, LaneInput::passage, Presence::present);
  bench.sensor(in, LaneInput::passage, Presence::clear);
  bench.pass(800ms);
  EXPECT_EQ(bench.own().entered, 0);
  EXPECT_EQ(bench.lane(in).held, 1);
}

TEST(APendingAdmissionOfARenamedLane, StaysVisibleAndCanBeSettled) {
  GateBench bench(with_pending(1, "old name"));
  EXPECT_EQ(bench.lane(in).held, 1);
  EXPECT_TRUE(bench.alarmed("held"));
  const Effects effects = bench.step(Settle{"in", Settlement::entered, "seen"});
  EXPECT_FALSE(effects.refused);
  EXPECT_TRUE(effects.record->held.empty());
  EXPECT_EQ(bench.own().pending(), 0);
}

// --- what a waiting car is told ----------------------------------------------------------------

TEST(ARefusal, IsToldOnlyAfterThePeersWereAsked) {
  GateBench bench = in_service(0);
  const Effects arrival = a_car_comes(bench);
  EXPECT_EQ(bench.lane(in).state, LaneState::deciding);
  EXPECT_EQ(bench.lane(in).reason, RefusalReason::none);
  const auto inquiry = GateBench::said<Inquiry>(arrival);
  ASSERT_TRUE(inquiry);
  EXPECT_EQ(inquiry->wanted, 1);
  bench.say(Reply{.id = inquiry->id, .row = {Row{.owner = GateBench::south}, ""}});
  EXPECT_EQ(bench.lane(in).state, LaneState::refused);
  EXPECT_EQ(bench.lane(in).reason, RefusalReason::lot_full);
}

TEST(ARefusal, SaysWhenOthersCannotBeReached) {
  GateBench bench = in_service(0);
  const RowOwner west{*GateId::parse("west"), Incarnation{3}};
  bench.step(PeersListed{{.lot = GateBench::lot, .peers = {{.owner = west, .address = "west:1"}}}});
  a_car_comes(bench);
  bench.pass(1s);
  // The office still holds what it did not hand out, and it is not there.
  EXPECT_EQ(bench.lane(in).reason, RefusalReason::no_permit_reachable);
}

TEST(ACarThatLeavesTheApproach, LosesItsTurn) {
  GateBench bench = in_service(0);
  a_car_comes(bench);
  bench.pass(2s);
  const Effects effects = bench.sensor(in, LaneInput::approach, Presence::clear);
  EXPECT_EQ(bench.lane(in).state, LaneState::idle);
  ASSERT_TRUE(GateBench::said<Inquiry>(effects)) << "the peers are told";
  EXPECT_EQ(GateBench::said<Inquiry>(effects)->wanted, 0);
}

}  // namespace
}  // namespace parking::core
