#pragma once

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/core/gate_core.hpp"
#include "discovery/office.hpp"
#include "tests/sim/agenda.hpp"
#include "tests/sim/disk.hpp"
#include "tests/sim/ledger_watch.hpp"
#include "tests/sim/start_question.hpp"

namespace parking::sim {

using MachineIndex = std::uint32_t;
inline constexpr MachineIndex office_machine = 0;
inline constexpr std::uint32_t nobody = 0xffffffffU;

/// How a program tries to reach one other machine.
struct DialState {
  bool pending = false;
  std::uint32_t step_ms = 100;
};

/// What a sensor showed while the program was paused; the kernel keeps it.
struct LateReading {
  std::uint32_t lane = 0;
  std::size_t sensor = 0;
  core::Presence presence = core::Presence::unknown;
  std::uint32_t life = 0;
  Time at = 0;
};

/// A Pi: a process that may run or not, a clock that runs at its own rate, a disk.
struct Machine {
  MachineIndex index = 0;
  core::GateId name;
  std::string address;
  std::unique_ptr<core::GateCore> gate;       ///< running as a gate
  std::unique_ptr<discovery::Office> office;  ///< running as the office
  std::uint32_t life = 0;                     ///< raised whenever the process ends
  bool in_use = true;                         ///< false: nobody switches it on again
  bool newer_version = false;
  bool holds_barrier = false;
  /// The row as this machine writes it on a restored or cloned store, until that is found out: not
  /// the true one, and not looked at as such.
  std::optional<core::Row> shadow;
  /// The row as this machine goes on writing it after the office has closed it.
  std::optional<core::Row> late;
  bool kept_off = false;                    ///< by the operator
  std::vector<core::Incarnation> own_rows;  ///< that it has written as their true owner
  std::vector<core::LaneSettings> lanes;
  std::uint32_t entry_lane = nobody;  ///< index in `lanes`
  std::uint32_t exit_lane = nobody;

  Time started = 0;
  Time jumped = 0;
  std::int64_t drift_ppm = 0;
  Time wake_at = 0;  ///< 0: none planned
  Time paused_until = 0;
  std::deque<LateReading> late_readings;
  bool catches_up = false;  ///< is being told of them
  core::Instant last_step;  ///< by its own clock
  std::int64_t fuse = -1;   ///< effects until it crashes; below 0: it does not
  Time fuse_downtime = 0;
  std::uint32_t spins = 0;

  Disk disk;
  std::vector<DialState> dials;            ///< by target machine
  std::vector<std::uint32_t> connections;  ///< that this process has an end of
  std::uint32_t registry_connection = nobody;
  std::uint32_t register_step_ms = 100;
  Time registry_heard = 0;
  bool registered = false;
  LedgerWatch held_rows;
  StartQuestion question;
  std::string replaced;  ///< why the store is a new one, to be told at the next start

  [[nodiscard]] bool up() const { return gate || office; }
  [[nodiscard]] const core::Exchange& exchange() const {
    return gate ? gate->exchange() : office->exchange();
  }
  [[nodiscard]] core::Incarnation incarnation() const { return disk.stable().incarnation; }

  [[nodiscard]] Time local_us(Time now) const {
    const Time run = now - started;
    return run + run * drift_ppm / 1'000'000 + jumped;
  }
  [[nodiscard]] core::Instant local(Time now) const {
    return core::Instant(core::Duration(local_us(now) / us_per_ms));
  }
  /// The first true time at which the node's clock shows `instant`.
  [[nodiscard]] Time true_time(core::Instant instant) const {
    const Time target = instant.time_since_epoch().count() * us_per_ms - jumped;
    Time at = started + target * 1'000'000 / (1'000'000 + drift_ppm);
    while (local(at) < instant) ++at;
    return at;
  }
};

}  // namespace parking::sim
