#pragma once

#include <cstdint>
#include <string>

namespace parking::test_support {

/// A TCP port of 127.0.0.1 that nobody listens on now; no other process that asks here gets it
/// while this one lives, and this one not again.
std::uint16_t free_port();

/// `127.0.0.1:PORT` with a free port.
std::string free_address();

}  // namespace parking::test_support
