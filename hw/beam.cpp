#include "hw/beam.hpp"

#include <utility>

namespace parking::hw {

class BeamBank::Beam final : public PresenceSensor {
public:
  Beam(InputId line, std::chrono::milliseconds debounce) : line_(line), filter_(debounce) {}

  [[nodiscard]] InputId line() const { return line_; }
  [[nodiscard]] std::optional<Timestamp> next_deadline() const {
    return failed_ ? std::nullopt : filter_.next_deadline();
  }
  void start(bool active, Timestamp at) { pass_on(filter_.start(active, at)); }
  void edge(bool active, Timestamp at) { pass_on(filter_.edge(active, at)); }
  void advance(Timestamp now) { pass_on(filter_.advance(now)); }
  void fail(Timestamp at) {
    failed_ = true;
    report({Presence::fault, at, at});
  }

private:
  void pass_on(const std::optional<PresenceChange>& change) {
    if (change && !failed_) report(*change);
  }

  InputId line_;
  BeamFilter filter_;
  bool failed_ = false;
};

BeamBank::BeamBank(Lines& lines, Clock& clock)
    : lines_(lines), clock_(clock), alarm_(clock.make_alarm()) {}

BeamBank::~BeamBank() = default;

PresenceSensor& BeamBank::add(InputId line, std::chrono::milliseconds debounce) {
  Beam& beam = *beams_.emplace_back(std::make_unique<Beam>(line, debounce));
  lines_.watch(line, [this, &beam](const LineEvent& event) {
    advance(event.at);
    beam.edge(event.active, event.at);
    arm();
  });
  return beam;
}

void BeamBank::start() {
  for (const auto& beam : beams_) {
    // Taken before the level: an edge in between is then at worst seen twice, never missed.
    const Timestamp at = clock_.now();
    if (const auto level = lines_.read(beam->line())) {
      beam->start(*level, at);
    } else {
      beam->fail(at);
    }
  }
}

void BeamBank::fail() {
  const Timestamp now = clock_.now();
  for (const auto& beam : beams_) beam->fail(now);
  alarm_->cancel();
}

void BeamBank::advance(Timestamp now) {
  for (;;) {
    Beam* first = nullptr;
    for (const auto& beam : beams_) {
      const auto deadline = beam->next_deadline();
      if (!deadline || *deadline > now) continue;
      if (first == nullptr || *deadline < *first->next_deadline()) first = beam.get();
    }
    if (first == nullptr) return;
    first->advance(now);
  }
}

void BeamBank::arm() {
  std::optional<Timestamp> next;
  for (const auto& beam : beams_) {
    const auto deadline = beam->next_deadline();
    if (deadline && (!next || *deadline < *next)) next = deadline;
  }
  if (!next) return alarm_->cancel();
  alarm_->set(*next, [this] { poll(); });
}

void BeamBank::poll() {
  const Timestamp now = clock_.now();
  lines_.poll();
  advance(now);
  arm();
}

}  // namespace parking::hw
