#include "tests/sim/real_store.hpp"

#include <algorithm>

#include "app/store/ledger_file.hpp"
#include "tests/sim/rng.hpp"
#include "tests/support/forgetting_vfs.hpp"
#include "tests/support/ledger_layer.hpp"

namespace parking::sim {
namespace {

constexpr const char* file = "/ledger.db";
/// A commit writes some five pages and their heads, closing moves the log.
constexpr std::uint64_t operations_of_a_commit = 20;
constexpr std::uint64_t operations_of_closing = 40;

}  // namespace

struct RealStore::Parts {
  explicit Parts(std::uint64_t seed) : rng(seed), disk(rng.next()), vfs(disk) {}
  Rng rng;
  test_support::ForgettingDisk disk;
  test_support::ForgettingVfs vfs;
  std::optional<store::LedgerFile> ledger;
  bool failed = false;

  store::FileLayer layer() { return test_support::ledger_layer(disk, vfs); }
};

RealStore::RealStore(std::uint64_t seed) : parts_(std::make_unique<Parts>(seed)) {}

RealStore::~RealStore() {
  stop();
}

// Nothing that closing the file does reaches the disk.
void RealStore::stop() {
  parts_->disk.stop_after(0);
  parts_->ledger.reset();
}

std::string RealStore::make(core::Incarnation incarnation) {
  stop();
  parts_->disk.put_back({});
  parts_->failed = false;
  auto made = store::LedgerFile::make(file, incarnation, parts_->layer());
  if (!made) return made.error().text;
  found_ = made->take_remembered();
  parts_->ledger.emplace(std::move(*made));
  return {};
}

std::string RealStore::open() {
  auto opened = store::LedgerFile::open(file, parts_->layer());
  if (!opened) return opened.error().error.text;
  if (const auto durable = opened->make_durable(); !durable) return durable.error().text;
  found_ = opened->take_remembered();
  parts_->ledger.emplace(std::move(*opened));
  return {};
}

std::string RealStore::put_back(const Files& files) {
  stop();
  parts_->disk.put_back(files);
  parts_->failed = false;
  return open();
}

RealStore::Files RealStore::durable_files() const {
  return parts_->disk.durable_files();
}

RealStore::Done RealStore::write(std::span<const core::Record> records) {
  store::SqlDone done = parts_->ledger->write(records);
  if (done) done = parts_->ledger->checkpoint_when_due();
  if (done) return Done::yes;
  if (store::to_error(done.error()).kind == store::Error::Kind::disk_full) return Done::full;
  parts_->failed = true;
  parts_->ledger->abandon();
  return Done::failed;
}

RealStore::Done RealStore::write_without_room(std::span<const core::Record> records) {
  parts_->disk.set_full(true);
  const Done done = write(records);
  parts_->disk.set_full(false);
  return done;
}

RealStore::Done RealStore::write_with_failing_sync(std::span<const core::Record> records) {
  parts_->disk.fail_sync();
  return write(records);
}

std::string RealStore::crash(std::span<const core::Record> records) {
  if (parts_->failed) return cut_power();
  if (!records.empty()) {
    parts_->disk.stop_after(parts_->rng.below(operations_of_a_commit));
    (void)parts_->ledger->write(records);
  } else if (parts_->rng.permille(300)) {
    parts_->disk.stop_after(parts_->rng.below(operations_of_closing));
    parts_->ledger.reset();
  }
  if (parts_->rng.permille(600)) return cut_power();
  stop();
  parts_->disk.go_on();
  return open();
}

std::string RealStore::cut_power() {
  stop();
  parts_->disk.cut_power();
  parts_->failed = false;
  return open();
}

std::string RealStore::tear() {
  stop();
  Files files = durable_files();
  for (auto& [name, bytes] : files) {
    const std::size_t torn = std::min(bytes.size(), test_support::ForgettingFile::sector_bytes);
    std::generate_n(bytes.begin(), torn, [this] { return static_cast<char>(parts_->rng.next()); });
  }
  parts_->disk.put_back(files);
  const auto opened = store::LedgerFile::open(file, parts_->layer());
  if (!opened && opened.error().unreadable) return {};
  return opened ? "it is readable" : opened.error().error.text;
}

}  // namespace parking::sim
