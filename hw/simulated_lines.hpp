#pragma once

#include <deque>
#include <optional>
#include <string_view>

#include "hw/lines.hpp"

namespace parking::hw {

/// Lines without hardware, for tests and demonstrations. Inputs start inactive. Handlers run inside
/// the call that changes something.
class SimulatedLines final : public Lines {
public:
  struct Write {
    std::string line;
    bool active;
    Timestamp at;
    bool operator==(const Write&) const = default;
  };
  using WriteHandler = std::function<void(OutputId, bool active)>;

  SimulatedLines(Clock& clock, LinesSpec spec);

  /// Sets the logical level of an input; setting it to what it is makes no event. `at` defaults to
  /// now; an earlier one plays an edge that the process sees late.
  std::expected<void, Error> set(std::string_view line, bool active,
                                 std::optional<Timestamp> at = std::nullopt);
  /// Keeps events back, as a process does that is not scheduled, until `poll`.
  void hold_events() { holding_ = true; }
  /// From now on every operation fails with `error`, as when the chip is gone.
  void break_lines(Error error);

  [[nodiscard]] bool output(std::string_view line) const;
  /// The last `max_writes` changes of outputs, oldest first.
  [[nodiscard]] const std::deque<Write>& writes() const { return writes_; }
  void on_write(WriteHandler handler) { on_write_ = std::move(handler); }

  void start() override { started_ = true; }
  void poll() override;
  [[nodiscard]] std::expected<bool, Error> read(InputId line) override;
  [[nodiscard]] std::expected<void, Error> write(OutputId line, bool active) override;

  /// Enough for any test, and a bound for a demonstration that runs for days.
  static constexpr std::size_t max_writes = 1000;

private:
  Clock& clock_;
  LinesSpec spec_;
  std::vector<bool> inputs_;
  std::vector<bool> outputs_;
  std::deque<Write> writes_;
  std::deque<LineEvent> held_;
  WriteHandler on_write_;
  std::optional<Error> broken_;
  std::uint64_t sequence_ = 0;
  bool started_ = false;
  bool holding_ = false;
};

}  // namespace parking::hw
