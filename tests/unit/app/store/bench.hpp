#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/store/store.hpp"

/// What the store's tests stand on: a directory of their own, a listener, and records.
namespace parking::store::bench {

class TemporaryDirectory {
public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path database() const { return path_ / "ledger.db"; }

private:
  std::filesystem::path path_;
};

/// Hears what the store reports, and can hold its thread inside a report.
class Listener {
public:
  using Report = std::expected<core::RecordNumber, Error>;
  Store::Committed committed();
  /// Waits until `count` reports have come; false after 20 s.
  bool wait_for(std::size_t count);
  std::vector<Report> reports();
  /// While held, the store's thread does not return from its next report.
  void hold(bool held);

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Report> reports_;
  bool held_ = false;
};

inline constexpr std::uint64_t first_incarnation = 0xf000000000000001;
/// Counts up from `first_incarnation`, anew for each call.
core::Random random(std::uint64_t first = first_incarnation);

/// Opens or throws.
std::unique_ptr<Store> open(const TemporaryDirectory& directory, Listener& listener,
                            std::uint64_t first = first_incarnation);

core::Tag tag_of(core::Version version);
/// A row of `first_incarnation` at that version.
core::Row row(core::Version version);
core::Record record(core::RecordNumber number);

}  // namespace parking::store::bench
