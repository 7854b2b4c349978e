#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "app/core/record.hpp"
#include "tests/support/forgetting_disk.hpp"

namespace parking::sim {

/// A machine's store as the product has it: a ledger file, on a disk that forgets. Everything is
/// done at once, and follows from the seed and the calls.
class RealStore {
public:
  using Files = test_support::DiskFiles;

  explicit RealStore(std::uint64_t seed);
  ~RealStore();
  RealStore(const RealStore&) = delete;
  RealStore& operator=(const RealStore&) = delete;

  /// A new, empty one; what was there is gone. An error is said in words, here as below.
  std::string make(core::Incarnation incarnation);
  /// These files instead of its own.
  std::string put_back(const Files& files);
  [[nodiscard]] Files durable_files() const;
  /// What it held when it was opened.
  [[nodiscard]] const core::Remembered& found() const { return found_; }

  enum class Done : std::uint8_t { yes, full, failed };
  Done write(std::span<const core::Record> records);
  /// The same on a disk without room.
  Done write_without_room(std::span<const core::Record> records);
  /// The same, and the sync fails. Only `cut_power` helps then.
  Done write_with_failing_sync(std::span<const core::Record> records);

  /// The program ends in some way, perhaps with its machine, while it writes `records`, and the
  /// store is opened again.
  std::string crash(std::span<const core::Record> records);
  /// The machine is off and on again.
  std::string cut_power();
  /// The file's first page and the head of its log are torn. Error: it is readable all the same.
  std::string tear();

private:
  struct Parts;
  std::string open();
  void stop();
  std::unique_ptr<Parts> parts_;
  core::Remembered found_;
};

}  // namespace parking::sim
