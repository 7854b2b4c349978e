#pragma once

#include <chrono>
#include <ostream>

#include "app/ctl/link.hpp"
#include "app/ctl/options.hpp"

namespace parking::ctl {

inline constexpr const char* gate_socket = "/run/parking-gate/gate.sock";
inline constexpr const char* central_socket = "/run/parking-discovery/discovery.sock";

/// Asks and prints the answer. Returns the exit code; `errors` gets one line when it is not 0.
int run(const Options& options, std::ostream& out, std::ostream& errors,
        std::chrono::milliseconds patience = usual_patience);

}  // namespace parking::ctl
