#include <CLI/CLI.hpp>

#include "app/gate/program.hpp"

int main(int argc, char** argv) {
  CLI::App app("The gate: sensors, barrier, permits and peers of one entrance of a car park");
  std::string config = "/etc/parking/gate.toml";
  app.add_option("--config", config, "configuration file")->capture_default_str();
  app.set_version_flag("--version", PARKING_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return parking::gate::run_gate(config, PARKING_VERSION);
}
