#pragma once

#include <functional>
#include <map>
#include <string>

#include "app/core/snapshot.hpp"

namespace parking::test {

/// A gate in service of a lot with 82 of 120 spaces free, one entry, one exit and two peers.
core::Snapshot quiet_gate();

/// What each named situation changes of `quiet_gate`.
const std::map<std::string, std::function<void(core::Snapshot&)>>& situations();

}  // namespace parking::test
