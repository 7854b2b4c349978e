#include "tests/sim/disk.hpp"

#include <gtest/gtest.h>

#include "tests/support/remembered.hpp"

namespace parking::sim {
namespace {

using test_support::difference;

constexpr core::Incarnation ours{9};

core::Record record(core::RecordNumber number, core::Version version) {
  core::Record record;
  record.number = number;
  record.own = core::Row{.version = version, .tag = version * 7};
  record.own->owner = {*core::GateId::parse("g1"), ours};
  return record;
}

/// In memory alone, and with a real store.
struct ADisk : testing::TestWithParam<bool> {
  ADisk() { renew(1); }
  ~ADisk() override { EXPECT_EQ(disk.objection(), ""); }
  void renew(std::uint64_t seed) {
    disk = {};
    if (GetParam()) disk.use_real_store(seed);
    disk.renew(ours);
  }
  void commit(core::RecordNumber number) {
    disk.append(record(number, number));
    disk.begin_commit();
    EXPECT_EQ(disk.commit(), number);
  }
  Disk disk;
};
INSTANTIATE_TEST_SUITE_P(Stores, ADisk, testing::Bool(), [](const auto& tested) {
  return std::string(tested.param ? "Real" : "Modelled");
});

TEST_P(ADisk, ForgetsWhatWasNotCommitted) {
  disk.append(record(1, 1));
  disk.begin_commit();
  disk.append(record(2, 2));
  EXPECT_EQ(disk.commit(), 1U);
  disk.crash(true);
  EXPECT_EQ(disk.stable().own->version, 1U);
  EXPECT_FALSE(disk.has_work());
}

TEST_P(ADisk, MayHaveReachedTheEndOfACommitThatNobodyHeardOf) {
  int reached = 0;
  constexpr int seeds = 40;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    renew(seed);
    commit(1);
    disk.append(record(2, 2));
    disk.begin_commit();
    disk.crash(seed % 2 == 0);
    ASSERT_EQ(disk.objection(), "") << "seed " << seed;
    reached += disk.stable().own->version == 2 ? 1 : 0;
    EXPECT_EQ(disk.stable().past_tags.size(), disk.stable().own->version);
  }
  EXPECT_GT(reached, 0);
  EXPECT_LT(reached, seeds);
}

TEST_P(ADisk, KeepsWaitingWhatFindsNoRoom) {
  commit(1);
  disk.append(record(2, 2));
  disk.begin_commit();
  EXPECT_FALSE(disk.commit_without_room());
  EXPECT_EQ(disk.stable().own->version, 1U);
  disk.begin_commit();
  EXPECT_EQ(disk.commit(), 2U);
  disk.compare();
}

TEST_P(ADisk, IsWhatItWasOrOneCommitFurtherAfterAFailedSync) {
  commit(1);
  disk.append(record(2, 2));
  disk.begin_commit();
  disk.fail_commit(true);
  EXPECT_EQ(disk.state, Disk::State::failed);
  const core::Version copied = disk.copy().remembered.own->version;
  disk.crash(false);
  EXPECT_EQ(disk.state, Disk::State::sound);
  EXPECT_EQ(disk.stable().own->version, copied);
}

TEST_P(ADisk, TakesAnOlderStoreBack) {
  commit(1);
  const StoreCopy old = disk.copy();
  commit(2);
  disk.put_back(old);
  EXPECT_EQ(difference(old.remembered, disk.stable()), "");
  EXPECT_EQ(disk.stable().own->version, 1U);
  commit(2);
  disk.compare();
}

TEST_P(ADisk, IsMadeAnewAfterItWasTorn) {
  commit(1);
  disk.crash(false);
  disk.tear();
  disk.renew(core::Incarnation{10});
  EXPECT_FALSE(disk.stable().own);
  disk.compare();
}

TEST(ARealStore, ThatHoldsSomethingElseIsNoticed) {
  Disk disk;
  disk.use_real_store(1);
  disk.renew(ours);
  StoreCopy other = disk.copy();
  other.remembered.lot = core::LotId{5};
  disk.put_back(other);
  EXPECT_EQ(disk.objection(), "lot id");
}

}  // namespace
}  // namespace parking::sim
