#pragma once

#include <optional>
#include <vector>

#include "app/core/record.hpp"
#include "tests/sim/agenda.hpp"

namespace parking::sim {

/// What a store has after one more record: the store's own rules without its file.
void apply(const core::Record& record, core::Remembered& to);

/// A disk that forgets what was not synced. Records are committed in batches, as the store's thread
/// does: whatever waits goes into the next one.
class Disk {
public:
  enum class State : std::uint8_t { sound, full, failed };

  void renew(core::Incarnation incarnation);
  void put_back(core::Remembered old) { stable_ = std::move(old); }
  [[nodiscard]] const core::Remembered& stable() const { return stable_; }

  void append(core::Record record) { waiting_.push_back(std::move(record)); }
  [[nodiscard]] bool idle() const { return !committing_; }
  [[nodiscard]] bool has_work() const { return !waiting_.empty(); }
  void begin_commit();
  /// What was begun is durable; the number of its last record.
  core::RecordNumber commit();
  /// What was begun did not reach the disk, and waits.
  void put_off() { committing_ = false; }
  /// The process ends. `reached`: what was being committed was durable a moment before.
  void crash(bool reached);

  State state = State::sound;
  Time slow_until = 0;
  Time slow_by = 0;
  bool fails_next = false;
  Time full_until = 0;

private:
  core::Remembered stable_;
  std::vector<core::Record> waiting_;
  std::size_t in_commit_ = 0;
  bool committing_ = false;
};

}  // namespace parking::sim
