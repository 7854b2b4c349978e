#include "app/store/disk_marker.hpp"

#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/store/store.hpp"
#include "tests/unit/app/store/bench.hpp"
#include "tests/unit/app/store/faulty_disk.hpp"

namespace parking::store {
namespace {

namespace fs = std::filesystem;
using bench::Listener;
using core::Incarnation;
using faulty_disk::Fault;
using testing::HasSubstr;

const Incarnation ours{7};

struct ADiskMarker : testing::Test {
  [[nodiscard]] DiskMarker marker(const std::string& boot = "monday") const {
    return {{first, second}, boot};
  }
  bench::TemporaryDirectory folder;
  fs::path first = folder.path() / "run" / "marker";
  fs::path second = folder.path() / "state" / "marker";

  void make_folders() const {
    fs::create_directories(first.parent_path());
    fs::create_directories(second.parent_path());
  }
};

TEST_F(ADiskMarker, NamesTheStoreUntilTheMachineRestarts) {
  make_folders();
  EXPECT_FALSE(marker().names(ours));
  ASSERT_TRUE(marker().write(ours));
  EXPECT_TRUE(marker().names(ours));
  EXPECT_TRUE(marker().names(ours)) << "looking does not take it away";
  EXPECT_FALSE(marker("tuesday").names(ours));
  EXPECT_FALSE(fs::exists(first));
  EXPECT_FALSE(marker("monday").names(ours));
}

TEST_F(ADiskMarker, SaysNothingAboutAnotherStore) {
  make_folders();
  ASSERT_TRUE(marker().write(ours));
  EXPECT_FALSE(marker().names(Incarnation{8}));
  EXPECT_FALSE(fs::exists(first));
}

TEST_F(ADiskMarker, LiesAtOnePlaceOnly) {
  make_folders();
  ASSERT_TRUE(marker().write(ours));
  EXPECT_TRUE(fs::exists(first));
  EXPECT_FALSE(fs::exists(second));
}

TEST_F(ADiskMarker, LiesAtTheSecondPlaceWhenTheFirstDoesNotTakeIt) {
  fs::create_directories(second.parent_path());
  ASSERT_TRUE(marker().write(ours));
  EXPECT_TRUE(fs::exists(second));
  EXPECT_TRUE(marker().names(ours));
  EXPECT_FALSE(marker("tuesday").names(ours));
  EXPECT_FALSE(fs::exists(second));
}

TEST_F(ADiskMarker, SaysWhyNoPlaceTakesIt) {
  const auto written = marker().write(ours);
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error(), HasSubstr(first.string()));
  EXPECT_THAT(written.error(), HasSubstr(second.string() + ": No such file"));
}

TEST_F(ADiskMarker, IsGoneWhenItIsRemoved) {
  make_folders();
  ASSERT_TRUE(marker().write(ours));
  marker().remove();
  EXPECT_FALSE(marker().names(ours));
}

TEST_F(ADiskMarker, IsNotTheOneOfWhichHalfIsThere) {
  make_folders();
  ASSERT_TRUE(marker().write(ours));
  fs::resize_file(first, fs::file_size(first) / 2);
  EXPECT_FALSE(marker().names(ours));
  EXPECT_FALSE(fs::exists(first));
}

TEST(TheBoot, HasOneNameWhileTheMachineRuns) {
  EXPECT_EQ(boot_id().size(), 36U);
  EXPECT_EQ(boot_id(), boot_id());
}

struct AMarkedStore : ADiskMarker {
  AMarkedStore() {
    make_folders();
    faulty_disk::install();
  }
  ~AMarkedStore() override { faulty_disk::set(Fault::none); }

  std::unique_ptr<Store> open(const std::string& boot) {
    return Store::open(folder.path(), bench::random(next_incarnation++), listener.committed(),
                       marker(boot))
        .value();
  }

  /// Opens the store and lets the disk fail under it.
  void fail(Fault fault = Fault::sync_error) {
    const auto store = open("monday");
    store->append(bench::record(1));
    ASSERT_TRUE(listener.wait_for(1));
    faulty_disk::set(fault);
    store->append(bench::record(2));
    ASSERT_TRUE(listener.wait_for(2));
    ASSERT_FALSE(listener.reports()[1]);
    faulty_disk::set(Fault::none);
  }

  std::uint64_t next_incarnation = bench::first_incarnation;
  Listener listener;
};

TEST_F(AMarkedStore, IsNotWrittenByTheNextProgramEither) {
  ASSERT_NO_FATAL_FAILURE(fail());
  auto store = open("monday");
  ASSERT_TRUE(store->opened().failed);
  EXPECT_EQ(store->opened().failed->kind, Error::Kind::io);
  EXPECT_THAT(store->opened().failed->text, HasSubstr("restart the machine"));
  const int writes = faulty_disk::writes();
  store->append(bench::record(2));
  EXPECT_TRUE(store->events(1).empty());
  store->close();
  EXPECT_EQ(faulty_disk::writes(), writes);
  EXPECT_EQ(listener.reports().size(), 2U);
}

TEST_F(AMarkedStore, IsUsedAgainWhenTheMachineHasRestarted) {
  ASSERT_NO_FATAL_FAILURE(fail());
  const auto store = open("tuesday");
  EXPECT_FALSE(store->opened().failed);
  store->append(bench::record(2));
  ASSERT_TRUE(listener.wait_for(3));
  EXPECT_TRUE(listener.reports()[2]);
  EXPECT_FALSE(fs::exists(first));
}

TEST_F(AMarkedStore, TakesItsMarkerAwayWhenItIsSetAside) {
  ASSERT_NO_FATAL_FAILURE(fail());
  auto store = open("monday");
  ASSERT_TRUE(store->set_aside());
  EXPECT_FALSE(fs::exists(first));
  EXPECT_FALSE(open("monday")->opened().failed);
}

TEST_F(AMarkedStore, IsNoOneThatFoundNoRoom) {
  ASSERT_NO_FATAL_FAILURE(fail(Fault::full));
  EXPECT_FALSE(fs::exists(first));
  EXPECT_FALSE(open("monday")->opened().failed);
}

/// What a program leaves that is killed: a file and a log that nobody has closed.
void leave_as_killed(AMarkedStore& test) {
  const fs::path running = test.folder.path() / "running";
  auto store = Store::open(running, bench::random(), test.listener.committed()).value();
  store->append(bench::record(1));
  ASSERT_TRUE(test.listener.wait_for(1));
  for (const char* name : {"ledger.db", "ledger.db-wal"})
    fs::copy_file(running / name, test.folder.path() / name);
}

TEST_F(AMarkedStore, IsOneWhoseDiskFailsWhileItIsOpened) {
  ASSERT_NO_FATAL_FAILURE(leave_as_killed(*this));
  faulty_disk::set(Fault::sync_error);
  const auto failed = open("monday");
  ASSERT_TRUE(failed->opened().failed);
  EXPECT_EQ(failed->opened().failed->kind, Error::Kind::io);
  EXPECT_EQ(failed->opened().remembered.own, bench::row(1));
  failed->close();
  faulty_disk::set(Fault::none);
  EXPECT_TRUE(open("monday")->opened().failed) << "the next sync says nothing of the lost pages";
  EXPECT_FALSE(open("tuesday")->opened().failed);
}

TEST_F(AMarkedStore, IsNoOneThatWasOpenedOnAFullDisk) {
  ASSERT_NO_FATAL_FAILURE(leave_as_killed(*this));
  faulty_disk::set(Fault::full);
  const int syncs = faulty_disk::syncs();
  const auto store = open("monday");
  EXPECT_GT(faulty_disk::syncs(), syncs) << "what was found is durable all the same";
  EXPECT_FALSE(store->opened().failed);
  EXPECT_EQ(store->opened().remembered.own, bench::row(1));
}

TEST_F(AMarkedStore, SaysThatItCannotBeMarked) {
  fs::remove_all(first.parent_path());
  fs::remove_all(second.parent_path());
  ASSERT_NO_FATAL_FAILURE(fail());
  EXPECT_THAT(listener.reports()[1].error().text, HasSubstr(first.string()));
  EXPECT_THAT(listener.reports()[1].error().text, HasSubstr("cannot remember"));
}

}  // namespace
}  // namespace parking::store
