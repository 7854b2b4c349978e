#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/core/snapshot.hpp"
#include "app/core/types.hpp"

namespace parking::core {

/// How one lane is built and timed. The defaults are those of gate.toml.
struct LaneSettings {
  std::string name;
  LaneDirection direction = LaneDirection::entry;  ///< entry or exit
  Duration pass_window{10000};  ///< an admitted car that left the approach has this long to pass
  Duration merge{800};          ///< the passage clear for this long ends a car
  Duration repeat{10000};       ///< open again while the car still stands there; 0: never
};

/// What a lane found out or wants done; the order of a step's actions is the order of their causes.
enum class LaneAction : std::uint8_t {
  open_barrier,
  close_barrier,
  entered,               ///< an admitted car has passed
  backed_out,            ///< an admitted car went away without touching the passage sensor
  held,                  ///< an admitted car's passage cannot be decided
  unadmitted,            ///< a car passed inward without a permit
  left,                  ///< a car has passed outward
  passage_out_of_order,  ///< the passage sensor was covered first or alone
  passage_undecided,     ///< something was at the passage sensor, whether it passed is unknown
  merged,                ///< the passage was covered again within `merge`: one car with a trailer
};

/// One way through a gate: two sensors, one barrier, one car at a time. Pure; the table of rows it
/// implements stands in ARCHITECTURE.md. Sensor readings are levels: an arrival is the approach
/// sensor being present while the lane is idle, not its edge.
class Lane {
public:
  explicit Lane(LaneSettings settings) : settings_(std::move(settings)) {}

  using Actions = std::vector<LaneAction>;

  Actions approach(Presence presence, Instant now);
  Actions passage(Presence presence, Instant now);
  Actions tick(Instant now);

  /// A permit was spent on the waiting car; its record is on the way to the disk.
  void admit(Instant now);
  /// The record is durable: open, unless the passage was covered and is clear again.
  Actions admission_durable(Instant now);
  /// After a restart, with exactly one admission pending, something covers the passage: it is that
  /// car, and it has passed when the passage clears (ledger rule 2).
  void resume_passing(Instant now);

  /// An entry lane's car stands at the approach and needs a decision.
  [[nodiscard]] bool waits() const { return phase_ == Phase::waiting; }
  [[nodiscard]] Instant waits_since() const { return since_; }
  /// A sensor is in fault or unknown.
  [[nodiscard]] bool blind() const;
  [[nodiscard]] bool sensor_fault() const;
  /// `refused`: what a waiting lane is told meanwhile is the admission's to say.
  [[nodiscard]] LaneState state() const;
  [[nodiscard]] bool opened() const { return opened_; }
  [[nodiscard]] Presence approach() const { return approach_; }
  [[nodiscard]] Presence passage() const { return passage_; }
  [[nodiscard]] const LaneSettings& settings() const { return settings_; }
  [[nodiscard]] Instant next_wake() const;

private:
  enum class Phase : std::uint8_t {
    idle,
    waiting,   ///< entry: a car at the approach, no permit yet
    admitted,  ///< it may pass; the passage was never covered
    passing,   ///< the passage is or was just covered
  };

  void settle(Instant now, Actions& actions);
  void arrive(Instant now, Actions& actions);
  void begin_passing(Instant now);
  void conclude(Actions& actions);
  void become_idle(Actions& actions);
  void open(Instant now, Actions& actions);
  [[nodiscard]] bool repeats() const;

  LaneSettings settings_;
  Presence approach_ = Presence::unknown;
  Presence passage_ = Presence::unknown;
  Phase phase_ = Phase::idle;
  Instant since_;                  ///< of the phase
  bool has_admission_ = false;     ///< entry: a permit is spent on this car
  bool out_of_order_ = false;      ///< nobody was at the approach when the passage was covered
  bool approach_cleared_ = false;  ///< at some time since, or just before, the passage was covered
  bool lost_sight_ = false;        ///< a sensor failed meanwhile
  bool resumed_ = false;           ///< the car was at the passage when the program started
  bool opened_ = false;
  Instant window_ends_ = Instant::max();
  Instant merge_ends_ = Instant::max();
  Instant repeats_ = Instant::max();
};

}  // namespace parking::core
