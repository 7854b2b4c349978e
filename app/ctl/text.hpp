#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "app/core/snapshot.hpp"

/// The same for people.
namespace parking::ctl {

void print_status(const core::Snapshot& snapshot, std::ostream& out);
void print_peers(const core::Snapshot& snapshot, std::ostream& out);
void print_alarms(const core::Snapshot& snapshot, std::ostream& out);
void print_history(const std::vector<core::Event>& events, std::ostream& out);
/// One line, for `watch`.
void print_line(const core::Snapshot& snapshot, std::ostream& out);

/// `0.8 s`, `40 s`, `12 min`, `3 h`, `5 days`: as exact as anybody wants it.
std::string shown(core::Duration duration);

}  // namespace parking::ctl
