#pragma once

#include "app/core/snapshot.hpp"
#include "app/wire/check.hpp"
#include "app/wire/local.pb.h"

/// What screens and command lines show.
namespace parking::wire {

/// More than any gate has; they keep one snapshot from filling the reader's memory.
inline constexpr std::size_t max_lanes = 64;
inline constexpr std::size_t max_alarms = 256;

void write(const core::Snapshot& snapshot, pb::Snapshot& out);
core::Snapshot read(const pb::Snapshot& in, Check& check);

void write(const core::Event& event, pb::Event& out);
core::Event read(const pb::Event& in, Check& check);

}  // namespace parking::wire
