#include "hw/wired_board.hpp"

#include <algorithm>
#include <utility>

namespace parking::hw {

WiredBoard::WiredBoard(std::unique_ptr<Clock> clock, std::unique_ptr<Lines> lines,
                       const BoardSpec& spec)
    : clock_(std::move(clock)), lines_(std::move(lines)), beams_(*lines_, *clock_) {
  add_outputs(spec);
  add_sensors(spec);
  lines_->on_failure([this](const Error& error) { fail(error); });
}

void WiredBoard::add_sensors(const BoardSpec& spec) {
  // The order of lines_of().
  std::size_t input = 0;
  std::size_t output = spec.outputs.size();
  for (const auto& sensor : spec.sensors) {
    const InputId line{input++};
    if (const auto* beam = std::get_if<BeamSpec>(&sensor.kind)) {
      sensors_.emplace(sensor.name, &beams_.add(line, beam->debounce));
    } else if (const auto* ultrasonic = std::get_if<UltrasonicSpec>(&sensor.kind)) {
      auto& added = ultrasonics_.emplace_back(std::make_unique<UltrasonicSensor>(
          *lines_, *clock_, OutputId{output++}, line, ultrasonic->settings, ultrasonic->timing));
      sensors_.emplace(sensor.name, added.get());
      ultrasonic_period_ = std::max(ultrasonic_period_, ultrasonic->timing.period);
    }
  }
  for (const auto& contact : spec.inputs) {
    inputs_.emplace(contact.name, &beams_.add(InputId{input++}, contact.contact.debounce));
  }
}

void WiredBoard::add_outputs(const BoardSpec& spec) {
  std::size_t next = 0;
  for (const auto& output : spec.outputs) {
    const OutputId line{next++};
    if (const auto* pulse = std::get_if<PulseSpec>(&output.kind)) {
      outputs_.emplace(output.name,
                       std::make_unique<PulseOutput>(*lines_, *clock_, line, pulse->length));
    } else {
      outputs_.emplace(output.name, std::make_unique<HoldOutput>(*lines_, line));
    }
  }
}

PresenceSensor* WiredBoard::find_sensor(std::string_view name) {
  const auto found = sensors_.find(name);
  return found == sensors_.end() ? nullptr : found->second;
}

PresenceSensor* WiredBoard::find_input(std::string_view name) {
  const auto found = inputs_.find(name);
  return found == inputs_.end() ? nullptr : found->second;
}

Output* WiredBoard::find_output(std::string_view name) {
  const auto found = outputs_.find(name);
  return found == outputs_.end() ? nullptr : found->second.get();
}

void WiredBoard::start() {
  beams_.start();
  // Spread over one period, so that neighbours do not hear each other's burst.
  const auto count = static_cast<int>(ultrasonics_.size());
  for (int i = 0; i < count; ++i) {
    ultrasonics_[static_cast<std::size_t>(i)]->start(ultrasonic_period_ * i / count);
  }
  lines_->start();
  started_ = true;
}

// Before the start nobody knows which levels the edges come from.
void WiredBoard::poll() {
  if (started_) beams_.poll();
}

void WiredBoard::fail(const Error& error) {
  beams_.fail();
  for (const auto& sensor : ultrasonics_) sensor->fail();
  if (on_failure_) on_failure_(error);
}

}  // namespace parking::hw
