#include "tests/unit/app/store/bench.hpp"

#include <stdexcept>

#include <stdlib.h>

namespace parking::store::bench {
namespace {

constexpr std::chrono::seconds patience{20};

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
  std::string name = (std::filesystem::temp_directory_path() / "parking-store-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary directory");
  path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Store::Committed Listener::committed() {
  return [this](const Report& report) {
    std::unique_lock lock(mutex_);
    reports_.push_back(report);
    changed_.notify_all();
    changed_.wait_for(lock, patience, [this] { return !held_; });
  };
}

bool Listener::wait_for(std::size_t count) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience, [&] { return reports_.size() >= count; });
}

std::vector<Listener::Report> Listener::reports() {
  const std::lock_guard guard(mutex_);
  return reports_;
}

void Listener::hold(bool held) {
  const std::lock_guard guard(mutex_);
  held_ = held;
  changed_.notify_all();
}

core::Random random(std::uint64_t first) {
  return [next = first]() mutable { return next++; };
}

std::unique_ptr<Store> open(const TemporaryDirectory& directory, Listener& listener,
                            std::uint64_t first) {
  auto store = Store::open(directory.path(), random(first), listener.committed());
  if (!store) throw std::runtime_error(store.error().text);
  return std::move(*store);
}

core::Tag tag_of(core::Version version) {
  return ~version * 0x9e3779b97f4a7c15ULL;
}

core::Row row(core::Version version) {
  core::Row result;
  result.owner = {core::GateId::parse("north").value(), core::Incarnation{first_incarnation}};
  result.version = version;
  result.tag = tag_of(version);
  result.admitted = static_cast<core::Count>(version);
  return result;
}

core::Record record(core::RecordNumber number) {
  core::Record result;
  result.number = number;
  result.own = row(number);
  return result;
}

}  // namespace parking::store::bench
