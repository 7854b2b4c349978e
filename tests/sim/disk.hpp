#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/core/record.hpp"
#include "tests/sim/agenda.hpp"
#include "tests/sim/real_store.hpp"

namespace parking::sim {

/// A store to be put back, or into another machine.
struct StoreCopy {
  core::Remembered remembered;
  RealStore::Files files;  ///< of a real store
};

/// A disk that forgets what was not synced. Records are committed in batches, as the store's thread
/// does: whatever waits goes into the next one. What is durable is modelled in memory; with a real
/// store that one does the same, is what is read back after a crash, and must agree.
class Disk {
public:
  enum class State : std::uint8_t { sound, full, failed };

  /// Before the first `renew`.
  void use_real_store(std::uint64_t seed) { real_ = std::make_unique<RealStore>(seed); }

  void renew(core::Incarnation incarnation);
  void put_back(const StoreCopy& old);
  /// Of what is durable.
  [[nodiscard]] StoreCopy copy();
  [[nodiscard]] const core::Remembered& stable() const { return stable_; }

  /// That version of the own row is durable here, or a failed sync may have made it so.
  [[nodiscard]] bool may_have(const core::RowMark& mark) const;

  void append(core::Record record) { waiting_.push_back(std::move(record)); }
  /// The own row as last handed over, durable or not; nullptr: none ever was.
  [[nodiscard]] const core::Row* newest() const;
  [[nodiscard]] bool idle() const { return !committing_; }
  [[nodiscard]] bool has_work() const { return !waiting_.empty(); }
  void begin_commit();
  /// What was begun is durable; the number of its last record.
  core::RecordNumber commit();
  /// The same on a disk without room. Nothing: what was begun did not reach it, and waits.
  std::optional<core::RecordNumber> commit_without_room();
  /// The sync fails. `reached`: what was begun is durable all the same.
  void fail_commit(bool reached);
  /// The process ends. `reached`: what was being committed was durable a moment before; of a real
  /// store the disk says so.
  void crash(bool reached);
  /// The page that was being written is torn, and the store cannot be read.
  void tear();

  /// In what the real store differs from what was durable; empty: in nothing, or there is none.
  [[nodiscard]] const std::string& objection() const { return objection_; }
  /// Looks for that while the process runs.
  void compare();

  State state = State::sound;
  Time slow_until = 0;
  Time slow_by = 0;
  bool fails_next = false;
  Time full_until = 0;

private:
  [[nodiscard]] std::span<const core::Record> batch() const {
    return std::span(waiting_).first(in_commit_);
  }
  core::RecordNumber apply_batch();
  void put_off() { committing_ = false; }
  void object(const std::string& text);
  void adopt(const core::Remembered& found);

  core::Remembered stable_;
  std::vector<core::Record> waiting_;
  std::size_t in_commit_ = 0;
  bool committing_ = false;
  std::unique_ptr<RealStore> real_;
  std::string objection_;
};

}  // namespace parking::sim
