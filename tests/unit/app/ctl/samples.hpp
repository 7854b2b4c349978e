#pragma once

#include "app/core/snapshot.hpp"

namespace parking::ctl {

/// What interfaces.md shows: a gate with one lane, one peer and one alarm.
core::Snapshot sample_gate();
core::Snapshot sample_office();
core::Event sample_event();

}  // namespace parking::ctl
