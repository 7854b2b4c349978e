#pragma once

#include <chrono>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "app/core/types.hpp"
#include "app/gate/host_port.hpp"
#include "app/gate/network_rules.hpp"
#include "app/gate/toml_reader.hpp"

namespace parking::discovery {

using config::FaultLines;
using config::HostPort;
using config::SecurityMode;

/// discovery.toml, read and checked: interfaces.md states each key.
struct DiscoveryConfig {
  std::string lot_name;
  core::Count capacity = 0;  ///< 0 to 100,000; counts only when the lot is created
  HostPort listen{"127.0.0.1", 7400};
  std::optional<HostPort> advertise;
  std::filesystem::path state_dir = "/var/lib/parking-discovery";
  std::filesystem::path socket = "/run/parking-discovery/discovery.sock";
  std::chrono::seconds lease{15};  ///< 1 to 3600
  HostPort http_listen{"127.0.0.1", 7480};
  std::optional<SecurityMode> security;

  /// What others dial.
  [[nodiscard]] const HostPort& reachable_at() const { return advertise ? *advertise : listen; }
  /// Messages cross a network unprotected: warn at every start.
  [[nodiscard]] bool is_plain_on_a_network() const;
  bool operator==(const DiscoveryConfig&) const = default;
};

/// `file` only names the text in messages.
std::expected<DiscoveryConfig, FaultLines> parse_discovery_config(std::string_view text,
                                                                  const std::string& file);
std::expected<DiscoveryConfig, FaultLines> load_discovery_config(const std::filesystem::path& file);

}  // namespace parking::discovery
