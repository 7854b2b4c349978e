#pragma once

#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/core/types.hpp"
#include "app/gate/host_port.hpp"
#include "app/gate/lane_config.hpp"
#include "app/gate/network_rules.hpp"
#include "app/gate/setup_file.hpp"
#include "app/gate/toml_reader.hpp"

namespace parking::gate {

using config::FaultLines;
using config::HostPort;
using config::SecurityMode;

struct BoardConfig {
  BoardKind kind = BoardKind::gpiod;
  std::string chip = "auto";  ///< or a chip's label such as `pinctrl-rp1`
  bool operator==(const BoardConfig&) const = default;
};

/// gate.toml, read and checked: interfaces.md states each key.
struct GateConfig {
  std::optional<core::GateId> id;  ///< absent: state `setup`
  HostPort listen{"127.0.0.1", 7411};
  std::optional<HostPort> advertise;
  HostPort discovery{"127.0.0.1", 7400};
  std::filesystem::path state_dir = "/var/lib/parking-gate";
  std::filesystem::path socket = "/run/parking-gate/gate.sock";
  BoardConfig board;
  std::string pin_hash;
  std::optional<LineConfig> fire;
  std::map<std::string, LineConfig> outputs;  ///< by name: `full_sign`, `red_light`, ...
  std::vector<LaneConfig> lanes;
  std::optional<SecurityMode> security;

  /// What others dial.
  [[nodiscard]] const HostPort& reachable_at() const { return advertise ? *advertise : listen; }
  /// Messages cross a network unprotected: warn at every start.
  [[nodiscard]] bool is_plain_on_a_network() const;
  bool operator==(const GateConfig&) const = default;
};

/// `file` only names the text in messages. Does not look for the setup page's values.
std::expected<GateConfig, FaultLines> parse_gate_config(std::string_view text,
                                                        const std::string& file);

/// Reads `file` and, when it names no gate, what the setup page stored under its state_dir.
std::expected<GateConfig, FaultLines> load_gate_config(const std::filesystem::path& file);

/// What the setup page sent, held to the same rules as gate.toml. Error: one line for the screen.
std::expected<SetupValues, std::string> check_setup(std::string_view gate_id,
                                                    std::string_view listen,
                                                    std::string_view discovery,
                                                    const GateConfig& config);

/// Makes `values` the gate's own.
void apply_setup(const SetupValues& values, GateConfig& config);

/// What the file asks for and this version does not do, as sentences for the log and the alarms.
std::vector<std::string> unavailable(const GateConfig& config);

}  // namespace parking::gate
