#include "app/gate/host_port.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <arpa/inet.h>

namespace parking::config {
namespace {

constexpr std::size_t longest_host = 253;  // RFC 1035, as text
using Bytes4 = std::array<std::uint8_t, 4>;
using Bytes16 = std::array<std::uint8_t, 16>;

template <typename Bytes>
bool read_ip(int family, std::string_view host, Bytes& bytes) {
  return inet_pton(family, std::string(host).c_str(), bytes.data()) == 1;
}

bool is_host_name(std::string_view host) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.';
  };
  // A name of digits and dots only is a mistyped address, not a name.
  const bool numeric =
      std::ranges::all_of(host, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
  return !host.empty() && host.size() <= longest_host && !numeric && host.front() != '-' &&
         host.front() != '.' && std::ranges::all_of(host, allowed);
}

std::expected<HostPort, std::string> refuse(std::string_view text) {
  return std::unexpected("\"" + std::string(text) +
                         "\" is not HOST:PORT; write for example \"127.0.0.1:7411\"");
}

}  // namespace

std::expected<HostPort, std::string> parse_host_port(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return refuse(text);
  std::string_view host = text.substr(0, colon);
  const std::string_view digits = text.substr(colon + 1);

  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  Bytes16 ipv6{};
  if (bracketed != (host.find(':') != std::string_view::npos)) return refuse(text);
  if (bracketed ? !read_ip(AF_INET6, host, ipv6) : !is_ip_address(host) && !is_host_name(host))
    return refuse(text);

  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc{} || end != digits.data() + digits.size() || port == 0)
    return std::unexpected("\"" + std::string(text) + "\" needs a port from 1 to 65535");
  return HostPort{std::string(host), port};
}

std::string to_string(const HostPort& address) {
  const bool ipv6 = address.host.find(':') != std::string::npos;
  return (ipv6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

bool is_ip_address(std::string_view host) {
  Bytes4 ipv4{};
  Bytes16 ipv6{};
  return read_ip(AF_INET, host, ipv4) || read_ip(AF_INET6, host, ipv6);
}

bool is_loopback(std::string_view host) {
  constexpr Bytes16 one{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  Bytes4 ipv4{};
  Bytes16 ipv6{};
  if (read_ip(AF_INET, host, ipv4)) return ipv4[0] == 127;
  if (read_ip(AF_INET6, host, ipv6)) return ipv6 == one;
  return host == "localhost";
}

bool is_wildcard(std::string_view host) {
  Bytes4 ipv4{1};
  Bytes16 ipv6{1};
  if (read_ip(AF_INET, host, ipv4)) return ipv4 == Bytes4{};
  return read_ip(AF_INET6, host, ipv6) && ipv6 == Bytes16{};
}

}  // namespace parking::config
