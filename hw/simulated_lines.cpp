#include "hw/simulated_lines.hpp"

#include <algorithm>
#include <utility>

namespace parking::hw {

SimulatedLines::SimulatedLines(Clock& clock, LinesSpec spec)
    : clock_(clock),
      spec_(std::move(spec)),
      inputs_(spec_.inputs.size()),
      outputs_(spec_.outputs.size()) {}

std::expected<void, Error> SimulatedLines::set(std::string_view line, bool active,
                                               std::optional<Timestamp> at) {
  const auto found = std::ranges::find(spec_.inputs, line, &InputSpec::line);
  if (found == spec_.inputs.end()) {
    return std::unexpected(
        Error{ErrorKind::line_not_found, "the simulated board has no input " + std::string(line)});
  }
  const auto index = static_cast<std::size_t>(found - spec_.inputs.begin());
  if (inputs_[index] == active) return {};
  inputs_[index] = active;
  if (!started_ || broken_) return {};
  held_.push_back({InputId{index}, active, at.value_or(clock_.now()), ++sequence_});
  if (!holding_) poll();
  return {};
}

void SimulatedLines::break_lines(Error error) {
  broken_ = std::move(error);
  fail(*broken_);
}

bool SimulatedLines::output(std::string_view line) const {
  const auto found = std::ranges::find(spec_.outputs, line, &OutputSpec::line);
  return found != spec_.outputs.end() &&
         outputs_[static_cast<std::size_t>(found - spec_.outputs.begin())];
}

void SimulatedLines::poll() {
  holding_ = false;
  while (!held_.empty()) {
    const LineEvent event = held_.front();
    held_.pop_front();
    deliver(event);
  }
}

std::expected<bool, Error> SimulatedLines::read(InputId line) {
  if (broken_) return std::unexpected(*broken_);
  return inputs_[static_cast<std::size_t>(line)];
}

std::expected<void, Error> SimulatedLines::write(OutputId line, bool active) {
  if (broken_) return std::unexpected(*broken_);
  const auto index = static_cast<std::size_t>(line);
  if (outputs_[index] == active) return {};
  outputs_[index] = active;
  writes_.push_back({spec_.outputs[index].line, active, clock_.now()});
  if (writes_.size() > max_writes) writes_.pop_front();
  if (on_write_) on_write_(line, active);
  return {};
}

}  // namespace parking::hw
