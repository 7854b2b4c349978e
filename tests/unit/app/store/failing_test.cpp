#include <condition_variable>
#include <mutex>
#include <random>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/store/store.hpp"
#include "tests/unit/app/store/bench.hpp"
#include "tests/unit/app/store/faulty_disk.hpp"

namespace parking::store {
namespace {

using bench::Listener;
using faulty_disk::Fault;

struct AFailingDisk : testing::Test {
  AFailingDisk() { faulty_disk::install(); }
  ~AFailingDisk() override { faulty_disk::set(Fault::none); }
  bench::TemporaryDirectory directory;
  Listener listener;
};

TEST_F(AFailingDisk, ThatIsFullIsReportedOnceAndRecoversWithNothingLost) {
  auto store = bench::open(directory, listener);
  store->append(bench::record(1));
  ASSERT_TRUE(listener.wait_for(1));

  faulty_disk::set(Fault::full);
  store->append(bench::record(2));
  ASSERT_TRUE(listener.wait_for(2));
  ASSERT_FALSE(listener.reports()[1]);
  EXPECT_EQ(listener.reports()[1].error().kind, Error::Kind::disk_full);
  EXPECT_THAT(listener.reports()[1].error().text, testing::HasSubstr("make room"));
  store->append(bench::record(3));
  EXPECT_TRUE(store->events(10).empty()) << "does not wait for room";

  faulty_disk::set(Fault::none);
  ASSERT_TRUE(listener.wait_for(3));
  EXPECT_EQ(listener.reports()[2].value(), 3U);
  store->append(bench::record(4));
  store->close();
  ASSERT_EQ(listener.reports().size(), 4U);
  EXPECT_EQ(listener.reports()[3].value(), 4U);

  const auto again = bench::open(directory, listener);
  EXPECT_EQ(again->opened().remembered.own, bench::row(4));
  EXPECT_EQ(again->opened().remembered.past_tags.size(), 4U);
}

TEST_F(AFailingDisk, ThatStaysFullDoesNotKeepTheStoreFromClosing) {
  auto store = bench::open(directory, listener);
  store->append(bench::record(1));
  ASSERT_TRUE(listener.wait_for(1));
  faulty_disk::set(Fault::full);
  store->append(bench::record(2));
  store->close();
  faulty_disk::set(Fault::none);
  const auto again = bench::open(directory, listener);
  EXPECT_EQ(again->opened().remembered.own, bench::row(1));
}

TEST_F(AFailingDisk, ThatStaysFullDoesNotLetMemoryGrowForEver) {
  auto store = bench::open(directory, listener);
  faulty_disk::set(Fault::full);
  for (core::RecordNumber number = 1; number <= 100'100; ++number)
    store->append(bench::record(number));
  ASSERT_TRUE(listener.wait_for(2));
  ASSERT_FALSE(listener.reports()[0]);
  ASSERT_FALSE(listener.reports()[1]);
  EXPECT_EQ(listener.reports()[0].error().kind, Error::Kind::disk_full);
  EXPECT_EQ(listener.reports()[1].error().kind, Error::Kind::io);
  EXPECT_THAT(listener.reports()[1].error().text, testing::HasSubstr("too many records"));
}

struct ADiskThatFailsFor : AFailingDisk, testing::WithParamInterface<Fault> {};

TEST_P(ADiskThatFailsFor, GoodIsNeverWrittenAgain) {
  auto store = bench::open(directory, listener);
  store->append(bench::record(1));
  ASSERT_TRUE(listener.wait_for(1));

  faulty_disk::set(GetParam());
  store->append(bench::record(2));
  ASSERT_TRUE(listener.wait_for(2));
  ASSERT_FALSE(listener.reports()[1]);
  EXPECT_EQ(listener.reports()[1].error().kind, Error::Kind::io);
  EXPECT_THAT(listener.reports()[1].error().text, testing::HasSubstr("restart the machine"));

  faulty_disk::set(Fault::none);
  const int writes = faulty_disk::writes();
  store->append(bench::record(3));
  (void)store->events(1);
  store->close();
  EXPECT_EQ(faulty_disk::writes(), writes);
  EXPECT_EQ(listener.reports().size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(AFailingDisk, ADiskThatFailsFor,
                         testing::Values(Fault::write_error, Fault::sync_error));

/// Appends records for ever and writes the number of each report into the pipe, with a bounded
/// distance between the two.
[[noreturn]] void write_until_killed(const std::filesystem::path& path, int pipe) {
  std::mutex mutex;
  std::condition_variable changed;
  core::RecordNumber durable = 0;
  const auto committed = [&](std::expected<core::RecordNumber, Error> report) {
    if (!report || write(pipe, &*report, sizeof *report) != sizeof *report) _exit(1);
    const std::lock_guard guard(mutex);
    durable = *report;
    changed.notify_one();
  };
  auto store = Store::open(path, bench::random(), committed);
  if (!store) _exit(1);
  const auto& own = (*store)->opened().remembered.own;
  const core::RecordNumber first = own ? own->version + 1 : 1;
  durable = first - 1;
  for (core::RecordNumber number = first;; ++number) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return number <= durable + 40; });
    lock.unlock();
    (*store)->append(bench::record(number));
  }
}

TEST(AKilledProgram, LosesNothingThatWasReportedDurable) {
  const bench::TemporaryDirectory directory;
  std::mt19937 random(2026);
  core::RecordNumber durable = 0;
  for (int round = 0; round < 12; ++round) {
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      close(pipe_ends[0]);
      write_until_killed(directory.path(), pipe_ends[1]);
    }
    close(pipe_ends[1]);
    // The moment is random in reports, and where in the next commit it falls is up to the machine.
    const core::RecordNumber target = durable + 1 + random() % 400;
    core::RecordNumber reported = 0;
    bool killed = false;
    while (read(pipe_ends[0], &reported, sizeof reported) == sizeof reported) {
      durable = reported;
      if (killed || durable < target) continue;
      kill(child, SIGKILL);
      killed = true;
    }
    close(pipe_ends[0]);
    ASSERT_EQ(waitpid(child, nullptr, 0), child);
    ASSERT_TRUE(killed) << "the child ended by itself in round " << round;

    Listener listener;
    const auto store = bench::open(directory, listener);
    ASSERT_FALSE(store->opened().fresh) << store->opened().note;
    const core::Remembered& remembered = store->opened().remembered;
    ASSERT_TRUE(remembered.own);
    EXPECT_GE(remembered.own->version, durable);
    EXPECT_EQ(remembered.own, bench::row(remembered.own->version));
    EXPECT_EQ(remembered.past_tags.size(), remembered.own->version);
    durable = remembered.own->version;
  }
}

}  // namespace
}  // namespace parking::store
