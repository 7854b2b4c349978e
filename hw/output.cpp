#include "hw/output.hpp"

#include <tuple>

namespace parking::hw {
namespace {

/// Between attempts to end a pulse when the line cannot be written.
constexpr std::chrono::milliseconds retry_after{100};

}  // namespace

std::expected<void, Error> Output::drive(Lines& lines, OutputId line, OutputState state) {
  const auto written = lines.write(line, state == OutputState::active);
  if (!written || state == state_) return written;
  state_ = state;
  if (handler_) handler_(state);
  return {};
}

PulseOutput::PulseOutput(Lines& lines, Clock& clock, OutputId line,
                         std::chrono::milliseconds length)
    : lines_(lines), clock_(clock), line_(line), length_(length), alarm_(clock.make_alarm()) {}

PulseOutput::~PulseOutput() {
  std::ignore = lines_.write(line_, false);
}

std::expected<void, Error> PulseOutput::open() {
  // Armed first: nothing that a handler does may leave the line active without an end.
  alarm_->set(clock_.now() + length_, [this] { end(); });
  return drive(lines_, line_, OutputState::active);
}

std::expected<void, Error> PulseOutput::close() {
  return std::unexpected(
      Error{ErrorKind::unsupported,
            "this output only gives an opening pulse; its controller closes by itself (use kind "
            "\"hold\" for one that closes when the line is released)"});
}

void PulseOutput::end() {
  if (!drive(lines_, line_, OutputState::inactive)) {
    alarm_->set(clock_.now() + retry_after, [this] { end(); });
  }
}

HoldOutput::~HoldOutput() {
  std::ignore = lines_.write(line_, false);
}

std::expected<void, Error> HoldOutput::open() {
  return drive(lines_, line_, OutputState::active);
}

std::expected<void, Error> HoldOutput::close() {
  return drive(lines_, line_, OutputState::inactive);
}

}  // namespace parking::hw
