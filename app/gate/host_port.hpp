#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace parking::config {

/// An address as it stands in configuration files: `127.0.0.1:7411`, `[::1]:7411`, `central:7400`.
struct HostPort {
  std::string host;        ///< without the brackets of an IPv6 address
  std::uint16_t port = 0;  ///< 1 to 65535
  bool operator==(const HostPort&) const = default;
};

/// Error: what is wrong with `text` and what to write instead.
std::expected<HostPort, std::string> parse_host_port(std::string_view text);

/// As it was written; IPv6 in brackets.
std::string to_string(const HostPort& address);

/// A numeric IPv4 or IPv6 address, which is all that a program can listen on without a resolver.
bool is_ip_address(std::string_view host);
/// 127.0.0.0/8, ::1 and the name `localhost`. Other names may mean any machine.
bool is_loopback(std::string_view host);
/// 0.0.0.0 and ::, which others cannot dial.
bool is_wildcard(std::string_view host);

}  // namespace parking::config
