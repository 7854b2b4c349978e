#pragma once

#include <string>

#include "app/core/snapshot.hpp"

/// JSON for tools, in the form that interfaces.md promises: one line each, without its end.
namespace parking::ctl {

std::string to_json(const core::Snapshot& snapshot);
std::string to_json(const core::PeerView& peer);
std::string to_json(const core::AlarmView& alarm);
std::string to_json(const core::Event& event);

/// After a command that was taken; `next_step` as in next_step.hpp.
std::string done_json(const std::string& next_step);

/// After a refusal, which standard error tells as well.
std::string error_json(const std::string& why);

/// Whether the central service speaks: it has no lanes.
bool is_office(const core::Snapshot& snapshot);

/// `2026-11-22T15:04:05.123Z`; the gate's own clock, which may be wrong.
std::string iso_time(std::int64_t wall_time_ms);

}  // namespace parking::ctl
