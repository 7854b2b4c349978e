#pragma once

#include <chrono>
#include <expected>
#include <memory>
#include <string>

#include "app/peer/stream.hpp"

namespace parking::peer {

/// Resolves and dials `address` (host:port), within `connect_within` when the host is a number; a
/// name may take longer, as long as the system's resolver does. Error: a sentence for the log.
asio::awaitable<std::expected<std::unique_ptr<Stream>, std::string>> connect(
    const std::string& address);

/// Longest wait for a connection; a host that is off answers never.
inline constexpr std::chrono::seconds connect_within{3};

}  // namespace parking::peer
