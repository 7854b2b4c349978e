#pragma once

#include <string>

#include "app/core/messages.hpp"
#include "tests/sim/machine.hpp"

namespace parking::sim {

/// What `from` puts on the wire: the real codec's bytes; a newer program's own rows carry one more
/// field.
std::string encode(const core::Message& message, const Machine& from);

/// The field that only newer programs know, as it stands at the end of a row's bytes.
const std::string& newer_field();

/// For the trace.
std::string describe(const core::Message& message);

}  // namespace parking::sim
