#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/store/ledger_file.hpp"
#include "tests/support/forgetting_disk.hpp"
#include "tests/support/forgetting_vfs.hpp"
#include "tests/support/ledger_layer.hpp"
#include "tests/support/remembered.hpp"

namespace parking::store {
namespace {

using test_support::apply;
using test_support::difference;
using test_support::ForgettingDisk;
using test_support::ForgettingVfs;

constexpr core::Incarnation own_incarnation{0x8000'0000'0000'0009};

core::Row random_row(std::mt19937_64& random, core::Incarnation owner, core::Version version) {
  core::Row row;
  row.owner = {core::GateId::parse("north").value(), owner};
  row.version = version;
  row.tag = random();
  row.admitted = static_cast<core::Count>(version);
  for (std::uint64_t i = random() % 8; i > 0; --i)
    row.given[core::Incarnation{1 + random() % 64}] = static_cast<core::Count>(1 + random() % 9);
  return row;
}

/// The next record of a store that holds `before`; now and then a large one.
core::Record random_record(std::mt19937_64& random, const core::Remembered& before) {
  core::Record record;
  if (random() % 4 != 0) {
    const core::Version version = before.own ? before.own->version + 1 : 1;
    record.own = random_row(random, own_incarnation, version);
    if (random() % 2 == 0) record.held["in"] = static_cast<core::Count>(random() % 5);
  }
  for (std::uint64_t i = random() % (random() % 8 == 0 ? 60 : 3); i > 0; --i)
    record.learned.push_back(
        {random_row(random, core::Incarnation{1 + random() % 300}, 1 + random() % 999), {}});
  if (random() % 8 == 0) record.superseded.push_back(core::Incarnation{1 + random() % 9});
  if (random() % 16 == 0) record.lot = core::LotId{random()};
  if (random() % 16 == 0)
    record.peers =
        core::PeerList{.lot_name = std::string(random() % 40, 'x'), .revision = random() % 1000};
  if (random() % 2 == 0) record.events.push_back({.kind = "enter", .lane = "in", .text = "text"});
  return record;
}

/// A store on a disk whose power fails, and what it must hold.
class CutStore {
public:
  explicit CutStore(std::uint64_t seed) : random_(seed), disk_(seed), vfs_(disk_) {}

  ForgettingDisk& disk() { return disk_; }
  [[nodiscard]] const core::Remembered& durable() const { return durable_; }

  bool make() {
    auto made = LedgerFile::make(path, own_incarnation, layer());
    if (!made) return false;
    durable_ = {.incarnation = own_incarnation};
    ledger_ = std::make_unique<LedgerFile>(std::move(*made));
    return true;
  }

  /// One commit of one to three records; false: it was not reported.
  bool write() {
    core::Remembered after = durable_;
    std::vector<core::Record> records;
    for (std::uint64_t i = 1 + random_() % 3; i > 0; --i) {
      records.push_back(random_record(random_, after));
      apply(records.back(), after);
    }
    in_flight_ = after;
    if (const SqlDone written = ledger_->write(records); !written) {
      found_no_room_ = written.error().primary() == SQLITE_FULL;
      // Then it is not in flight either.
      if (found_no_room_) in_flight_.reset();
      return false;
    }
    durable_ = std::move(after);
    in_flight_.reset();
    return ledger_->checkpoint_when_due().has_value();
  }

  /// The last write that was not reported was refused for that alone.
  [[nodiscard]] bool found_no_room() const { return found_no_room_; }

  /// The program ends in order: the log goes into the file.
  void close() { ledger_.reset(); }

  /// The machine is off at once, and on again.
  void cut() {
    disk_.stop_after(0);
    ledger_.reset();
    disk_.cut_power();
  }
  /// The program is ended at once, and started again.
  void kill() {
    disk_.stop_after(0);
    ledger_.reset();
    disk_.go_on();
  }

  /// Opens what is there: what was durable, or that and the commit in flight. Else says what is
  /// wrong.
  std::string reopen() {
    auto opened = LedgerFile::open(path, layer());
    if (!opened) return "refused: " + opened.error().error.text;
    if (const auto kept = opened->make_durable(); !kept) return "not durable: " + kept.error().text;
    const core::Remembered found = opened->take_remembered();
    ledger_ = std::make_unique<LedgerFile>(std::move(*opened));
    std::string wrong = difference(durable_, found);
    if (in_flight_ && difference(*in_flight_, found).empty()) wrong.clear();
    durable_ = found;
    in_flight_.reset();
    return wrong;
  }

  static constexpr const char* path = "/ledger.db";

private:
  FileLayer layer() { return test_support::ledger_layer(disk_, vfs_); }

  std::mt19937_64 random_;
  ForgettingDisk disk_;
  ForgettingVfs vfs_;
  std::unique_ptr<LedgerFile> ledger_;
  core::Remembered durable_;
  std::optional<core::Remembered> in_flight_;
  bool found_no_room_ = false;
};

constexpr int writes_of_a_life = 6;

/// Made, written, closed, opened and written again. False: the disk has stopped before the end.
bool live(CutStore& store) {
  if (!store.make()) return false;
  for (int i = 0; i < writes_of_a_life; ++i)
    if (!store.write()) return false;
  store.close();
  if (store.disk().has_stopped() || !store.reopen().empty()) return false;
  for (int i = 0; i < writes_of_a_life; ++i)
    if (!store.write()) return false;
  store.close();
  return !store.disk().has_stopped();
}

TEST(APowerCut, LosesNothingReportedWhereverInAStoresLifeItComes) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    CutStore whole(seed);
    ASSERT_TRUE(live(whole));
    const std::uint64_t operations = whole.disk().operations();
    ASSERT_GT(operations, 100U);
    for (std::uint64_t at = 0; at < operations; ++at) {
      CutStore store(seed);
      store.disk().stop_after(at);
      ASSERT_FALSE(live(store));
      store.cut();
      const bool made = !store.durable().incarnation.empty();
      const std::string wrong = store.reopen();
      if (!made && !wrong.starts_with("refused")) {
        // Whole and empty, though nobody was told that it was made.
        EXPECT_EQ(store.durable().incarnation, own_incarnation);
        EXPECT_FALSE(store.durable().own);
      }
      ASSERT_TRUE(!made || wrong.empty())
          << wrong << ", seed " << seed << ", cut at operation " << at;
    }
  }
}

TEST(APowerCut, LosesNothingReportedThoughManyCome) {
  constexpr int cuts_of_a_store = 100;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    CutStore store(seed);
    std::mt19937_64 random(seed);
    ASSERT_TRUE(store.make());
    for (int cut = 0; cut < cuts_of_a_store; ++cut) {
      store.disk().stop_after(random() % 150);
      const bool ends_in_order = random() % 3 == 0;
      for (int i = 0; i < 3 || !ends_in_order; ++i)
        if (!store.write()) break;
      if (ends_in_order) store.close();
      if (random() % 3 == 0)
        store.kill();
      else
        store.cut();
      const std::string wrong = store.reopen();
      ASSERT_TRUE(wrong.empty()) << wrong << ", seed " << seed << ", cut " << cut;
    }
  }
}

TEST(APowerCut, LosesNothingReportedAfterAFailedSync) {
  constexpr int failures_of_a_store = 40;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    CutStore store(seed);
    std::mt19937_64 random(seed);
    ASSERT_TRUE(store.make());
    for (int failure = 0; failure < failures_of_a_store; ++failure) {
      store.disk().fail_sync(random() % 4);
      const bool ends_in_order = random() % 3 == 0;
      for (int i = 0; i < 2 || !ends_in_order; ++i)
        if (!store.write()) break;
      if (ends_in_order) store.close();
      store.cut();
      const std::string wrong = store.reopen();
      ASSERT_TRUE(wrong.empty()) << wrong << ", seed " << seed << ", failure " << failure;
    }
  }
}

TEST(APowerCut, LosesNothingReportedBeforeAndAfterADiskWasFull) {
  constexpr int rounds_of_a_store = 40;
  int refused = 0;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    CutStore store(seed);
    std::mt19937_64 random(seed);
    ASSERT_TRUE(store.make());
    for (int round = 0; round < rounds_of_a_store; ++round) {
      store.disk().set_full(true);
      for (std::uint64_t i = random() % 4; i > 0; --i)
        if (!store.write()) {
          ASSERT_TRUE(store.found_no_room());
          ++refused;
        }
      const bool cut_while_full = random() % 2 == 0;
      if (cut_while_full) store.cut();
      store.disk().set_full(false);
      if (!cut_while_full) {
        ASSERT_TRUE(store.write()) << "there is room again";
        store.cut();
      }
      const std::string wrong = store.reopen();
      ASSERT_TRUE(wrong.empty()) << wrong << ", seed " << seed << ", round " << round;
    }
  }
  EXPECT_GT(refused, 0);
}

// What was read back is told to others at once, and then has to stay.
TEST(APowerCut, LosesNothingThatAProgramFoundWhoseForerunnerWasKilled) {
  constexpr std::uint64_t operations_of_a_commit = 30;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    for (std::uint64_t at = 0; at < operations_of_a_commit; ++at) {
      CutStore store(seed);
      ASSERT_TRUE(store.make());
      ASSERT_TRUE(store.write());
      store.disk().stop_after(at);
      (void)store.write();
      store.kill();
      ASSERT_EQ(store.reopen(), "");
      store.cut();
      ASSERT_EQ(store.reopen(), "") << "seed " << seed << ", killed at operation " << at;
    }
  }
}

// The log is moved into the file when it has a thousand pages.
TEST(APowerCut, LosesNothingReportedWhileTheLogIsMoved) {
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    CutStore store(seed);
    std::mt19937_64 random(seed);
    ASSERT_TRUE(store.make());
    int cuts = 0;
    for (int writes = 0; writes < 2000 && cuts < 20; ++writes) {
      const std::uint64_t syncs = store.disk().syncs();
      ASSERT_TRUE(store.write());
      // A move syncs the log and the file, so the next write comes to a log that begins anew.
      if (store.disk().syncs() < syncs + 3) continue;
      store.disk().stop_after(random() % 40);
      while (store.write()) {
      }
      store.cut();
      const std::string wrong = store.reopen();
      ASSERT_TRUE(wrong.empty()) << wrong << ", seed " << seed << ", write " << writes;
      ++cuts;
    }
    EXPECT_GT(cuts, 0);
  }
}

}  // namespace
}  // namespace parking::store
