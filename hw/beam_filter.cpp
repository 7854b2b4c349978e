#include "hw/beam_filter.hpp"

namespace parking::hw {
namespace {

Presence presence_of(bool active) {
  return active ? Presence::present : Presence::clear;
}

}  // namespace

std::optional<PresenceChange> BeamFilter::start(bool active, Timestamp at) {
  presence_ = level_ = presence_of(active);
  level_since_ = started_ = at;
  return PresenceChange{presence_, at, at};
}

std::optional<PresenceChange> BeamFilter::edge(bool active, Timestamp at) {
  if (level_ == Presence::unknown || at < started_) return std::nullopt;
  level_ = presence_of(active);
  // Also when the level is the same as before: there was an edge, so it has not been steady. The
  // kernel reads the level after the interrupt and may report a spike as two equal edges.
  level_since_ = at;
  return advance(at);
}

std::optional<PresenceChange> BeamFilter::advance(Timestamp now) {
  const auto deadline = next_deadline();
  if (!deadline || now < *deadline) return std::nullopt;
  presence_ = level_;
  return PresenceChange{presence_, *deadline, level_since_};
}

std::optional<Timestamp> BeamFilter::next_deadline() const {
  if (level_ == presence_) return std::nullopt;
  return level_since_ + debounce_;
}

}  // namespace parking::hw
