#include "discovery/config.hpp"

#include <utility>

namespace parking::discovery {
namespace {

using config::TableReader;

constexpr std::size_t longest_lot_name = 64;  // bytes; more does not fit a screen
constexpr core::Count largest_capacity = 100'000;

void read_lot(TableReader& root, DiscoveryConfig& config) {
  TableReader lot = root.table("lot");
  if (!lot.has("name")) lot.missing("name", "name the car park, for example name = \"Riverside\"");
  config.lot_name = lot.text("name").value_or("?");
  if (config.lot_name.empty() || config.lot_name.size() > longest_lot_name)
    lot.wrong("name", "a car park's name has 1 to 64 characters");
  if (!lot.has("capacity"))
    lot.missing("capacity", "say how many cars the car park holds, for example capacity = 120");
  config.capacity = lot.integer("capacity", 0, largest_capacity).value_or(0);
}

void read_http(TableReader& root, config::SecurityReader& security, DiscoveryConfig& config) {
  TableReader http = root.table("http");
  config.http_listen = http.address("listen").value_or(config.http_listen);
  if (auto fault = config::listen_fault(config.http_listen); !fault.empty())
    http.wrong("listen", fault);
  security.require_for("http.listen", config.http_listen);
  if (config.http_listen == config.listen)
    http.wrong("listen", "discovery.listen is the same address; give one of them another port");
}

}  // namespace

bool DiscoveryConfig::is_plain_on_a_network() const {
  return security == SecurityMode::plain &&
         !(config::is_loopback(listen.host) && config::is_loopback(http_listen.host));
}

std::expected<DiscoveryConfig, FaultLines> parse_discovery_config(std::string_view text,
                                                                  const std::string& file) {
  config::Reader reader(text, file);
  TableReader root = reader.root();
  config::SecurityReader security(root);
  DiscoveryConfig config;
  read_lot(root, config);

  TableReader table = root.table("discovery");
  const auto keys = config::read_listen(table, security, config.listen);
  config.listen = keys.listen;
  config.advertise = keys.advertise;
  config.state_dir = table.absolute_path("state_dir").value_or(config.state_dir);
  config.socket = table.socket_path("socket").value_or(config.socket);
  table.duration("lease_seconds", std::chrono::seconds(1), std::chrono::seconds(3600),
                 config.lease);
  read_http(root, security, config);
  config.security = security.mode();

  if (auto faults = reader.faults(); !faults.empty()) return std::unexpected(std::move(faults));
  return config;
}

std::expected<DiscoveryConfig, FaultLines> load_discovery_config(
    const std::filesystem::path& file) {
  const auto text = config::read_file(file);
  if (!text) return std::unexpected(text.error());
  return parse_discovery_config(*text, file.string());
}

}  // namespace parking::discovery
