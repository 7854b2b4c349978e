#pragma once

#include <optional>

#include "hw/presence.hpp"

namespace parking::hw {

/// Debounces one input. Pure: time comes in with the edges and by `advance`.
///
/// A level counts once it has lasted `debounce` without an edge; what is shorter (a bounce, a
/// spike) leaves no trace. Active is `present`. `unknown` until the first level is known, which
/// then decides at once.
class BeamFilter {
public:
  /// `debounce` may be 0: every edge counts.
  explicit BeamFilter(std::chrono::milliseconds debounce) : debounce_(debounce) {}

  /// The level as read at `at`. Edges before that are contained in it and are ignored.
  std::optional<PresenceChange> start(bool active, Timestamp at);

  /// The level after an edge. Call `advance(at)` first: it may be due by then.
  std::optional<PresenceChange> edge(bool active, Timestamp at);

  /// Says that no further edge came up to `now`.
  std::optional<PresenceChange> advance(Timestamp now);

  /// When `advance` has something to decide; none while the level is settled.
  [[nodiscard]] std::optional<Timestamp> next_deadline() const;
  [[nodiscard]] Presence presence() const { return presence_; }

private:
  std::chrono::nanoseconds debounce_;
  Presence presence_ = Presence::unknown;
  Presence level_ = Presence::unknown;
  Timestamp level_since_{};
  Timestamp started_{};
};

}  // namespace parking::hw
