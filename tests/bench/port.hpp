#pragma once

#include <cstdint>
#include <string>

namespace parking::bench {

/// A TCP port of 127.0.0.1 that nobody listens on now; never the same twice in one process. Below
/// the range that the system takes ports of outgoing connections from: fifty gates make thousands
/// of these.
std::uint16_t quiet_port();

/// `127.0.0.1:PORT` with such a port.
std::string quiet_address();

}  // namespace parking::bench
