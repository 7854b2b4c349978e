#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "hw/lines.hpp"

namespace parking::hw {

enum class OutputState { inactive, active };

/// Something that is switched: a barrier's open contact, a lamp, a sign. Inactive from the request
/// of its line on, and driven inactive when it is destroyed.
class Output {
public:
  using Handler = std::function<void(OutputState)>;

  Output() = default;
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  virtual ~Output() = default;

  [[nodiscard]] virtual std::expected<void, Error> open() = 0;
  [[nodiscard]] virtual std::expected<void, Error> close() = 0;
  [[nodiscard]] OutputState state() const { return state_; }
  /// Called at each change of the line.
  void on_change(Handler handler) { handler_ = std::move(handler); }

protected:
  std::expected<void, Error> drive(Lines& lines, OutputId line, OutputState state);

private:
  OutputState state_ = OutputState::inactive;
  Handler handler_;
};

/// `open` makes the line active for `length`. Asked again while it is active, the pulse is
/// lengthened to end `length` after the last request, without a gap. `close` answers with
/// `unsupported`: what a pulse has opened closes by its own controller.
class PulseOutput final : public Output {
public:
  /// `lines` and `clock` must outlive the output.
  PulseOutput(Lines& lines, Clock& clock, OutputId line, std::chrono::milliseconds length);
  ~PulseOutput() override;
  [[nodiscard]] std::expected<void, Error> open() override;
  [[nodiscard]] std::expected<void, Error> close() override;

private:
  void end();

  Lines& lines_;
  Clock& clock_;
  OutputId line_;
  std::chrono::milliseconds length_;
  std::unique_ptr<Alarm> alarm_;
};

/// Active from `open` until `close`.
class HoldOutput final : public Output {
public:
  /// `lines` must outlive the output.
  HoldOutput(Lines& lines, OutputId line) : lines_(lines), line_(line) {}
  ~HoldOutput() override;
  [[nodiscard]] std::expected<void, Error> open() override;
  [[nodiscard]] std::expected<void, Error> close() override;

private:
  Lines& lines_;
  OutputId line_;
};

}  // namespace parking::hw
