#include "app/gate/config.hpp"

#include <utility>

namespace parking::gate {
namespace {

using config::TableReader;

/// The lamps and signs that a gate can drive.
constexpr std::string_view output_names[] = {"full_sign", "red_light", "green_light", "fire_hold"};

void read_gate(TableReader& root, config::SecurityReader& security, GateConfig& gate) {
  TableReader table = root.table("gate");
  if (const auto name = table.text("id")) {
    auto id = core::GateId::parse(*name);
    if (id)
      gate.id = *std::move(id);
    else
      table.wrong("id", std::move(id).error());
  }
  const auto keys = config::read_listen(table, security, gate.listen);
  gate.listen = keys.listen;
  gate.advertise = keys.advertise;
  gate.discovery = table.address("discovery").value_or(gate.discovery);
  if (config::is_wildcard(gate.discovery.host))
    table.wrong("discovery", "nobody can dial \"" + to_string(gate.discovery) +
                                 "\"; write the central Pi's own address");
  else
    security.require_for("gate.discovery", gate.discovery);
  gate.state_dir = table.absolute_path("state_dir").value_or(gate.state_dir);
  gate.socket = table.socket_path("socket").value_or(gate.socket);
}

BoardConfig read_board(TableReader& root) {
  BoardConfig board;
  TableReader table = root.table("board");
  board.kind = table
                   .choice<BoardKind>(
                       "kind", {{"gpiod", BoardKind::gpiod}, {"simulated", BoardKind::simulated}})
                   .value_or(board.kind);
  board.chip = table.text("chip").value_or(board.chip);
  if (board.chip.empty())
    table.wrong("chip", "write \"auto\" or the label of a chip; gpiodetect lists them");
  return board;
}

std::optional<LineConfig> read_line(TableReader& parent, std::string_view key, BoardKind board,
                                    LineRegister& lines) {
  TableReader table = parent.table(key);
  if (!table.present()) return std::nullopt;
  LineConfig line;
  line.name = lines.read(table, "line", board, std::string(key));
  line.active = read_active(table).value_or(ActiveLevel::high);
  return line;
}

}  // namespace

bool GateConfig::is_plain_on_a_network() const {
  return security == SecurityMode::plain &&
         !(config::is_loopback(listen.host) && config::is_loopback(discovery.host));
}

std::expected<GateConfig, FaultLines> parse_gate_config(std::string_view text,
                                                        const std::string& file) {
  config::Reader reader(text, file);
  TableReader root = reader.root();
  config::SecurityReader security(root);
  GateConfig gate;
  read_gate(root, security, gate);
  gate.board = read_board(root);
  gate.pin_hash = root.table("operator").text("pin_hash").value_or("");

  LineRegister lines;
  TableReader inputs = root.table("inputs");
  gate.fire = read_line(inputs, "fire", gate.board.kind, lines);
  TableReader outputs = root.table("outputs");
  for (const auto name : output_names)
    if (auto line = read_line(outputs, name, gate.board.kind, lines))
      gate.outputs.emplace(name, *std::move(line));
  gate.lanes = read_lanes(root, gate.board.kind, lines);
  gate.security = security.mode();

  if (auto faults = reader.faults(); !faults.empty()) return std::unexpected(std::move(faults));
  return gate;
}

std::expected<GateConfig, FaultLines> load_gate_config(const std::filesystem::path& file) {
  const auto text = config::read_file(file);
  if (!text) return std::unexpected(text.error());
  auto gate = parse_gate_config(*text, file.string());
  if (!gate || gate->id) return gate;

  const auto setup = load_setup(gate->state_dir);
  if (!setup) return std::unexpected(setup.error());
  if (!*setup) return gate;
  const SetupValues& values = **setup;
  const auto checked =
      check_setup(values.id.text(), to_string(values.listen), to_string(values.discovery), *gate);
  if (!checked)
    return std::unexpected(
        FaultLines{setup_file(gate->state_dir).string() + ":1: gate: " + checked.error()});
  apply_setup(*checked, *gate);
  return gate;
}

std::expected<SetupValues, std::string> check_setup(std::string_view gate_id,
                                                    std::string_view listen,
                                                    std::string_view discovery,
                                                    const GateConfig& config) {
  const auto id = core::GateId::parse(gate_id);
  if (!id) return std::unexpected("name: " + id.error());
  const auto own = config::parse_host_port(listen);
  if (!own) return std::unexpected("address: " + own.error());
  const auto central = config::parse_host_port(discovery);
  if (!central) return std::unexpected("discovery: " + central.error());

  if (auto fault = config::listen_fault(*own); !fault.empty())
    return std::unexpected("address: " + fault);
  if (config::is_wildcard(own->host) && !config.advertise)
    return std::unexpected("address: \"" + to_string(*own) +
                           "\" does not tell the others what to dial; enter this machine's own "
                           "address");
  if (config::is_wildcard(central->host))
    return std::unexpected("discovery: enter the central Pi's own address");
  for (const auto& [key, address] : {std::pair{"address", *own}, std::pair{"discovery", *central}})
    if (!config.security && !config::is_loopback(address.host))
      return std::unexpected(config::security_fault(key, address));
  return SetupValues{*id, *own, *central};
}

void apply_setup(const SetupValues& values, GateConfig& config) {
  config.id = values.id;
  config.listen = values.listen;
  config.discovery = values.discovery;
}

std::vector<std::string> unavailable(const GateConfig& config) {
  std::vector<std::string> sentences;
  if (config.fire)
    sentences.emplace_back(
        "inputs.fire: this version does not act on it; wire the fire contact to the barrier's "
        "controller");
  for (const auto& [name, line] : config.outputs)
    if (name != "full_sign")
      sentences.push_back("outputs." + name + ": this version leaves it inactive");
  for (const LaneConfig& lane : config.lanes)
    if (lane.on_fault == OnFault::attended)
      sentences.push_back("lane \"" + lane.name +
                          "\": on_fault = \"attended\" acts like \"closed\" in this version");
  if (!config.pin_hash.empty())
    sentences.emplace_back("operator.pin_hash: this version has no operator pages to protect");
  return sentences;
}

}  // namespace parking::gate
