#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/gate/host_port.hpp"
#include "app/gate/toml_reader.hpp"

/// Rules on addresses that every program's configuration keeps.
namespace parking::config {

/// What the network's messages travel in. Mutual TLS is not available in this version.
enum class SecurityMode : std::uint8_t { plain };

/// Reads `[security] mode`.
class SecurityReader {
public:
  explicit SecurityReader(TableReader& root);

  /// An address beyond this machine needs a mode; noted once, for the first such address.
  void require_for(const std::string& key, const HostPort& address);
  [[nodiscard]] std::optional<SecurityMode> mode() const { return mode_; }

private:
  TableReader table_;
  std::optional<SecurityMode> mode_;
  bool settled_;
};

/// Reads the address that a program listens on, and what it tells others to dial.
struct ListenKeys {
  HostPort listen;
  std::optional<HostPort> advertise;
};
ListenKeys read_listen(TableReader& table, SecurityReader& security, const HostPort& standard);

/// Empty, or why a program cannot listen on `address`.
std::string listen_fault(const HostPort& address);

/// The sentence that asks for a security mode because of `address`.
std::string security_fault(const std::string& key, const HostPort& address);

}  // namespace parking::config
