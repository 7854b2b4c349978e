#include <CLI/CLI.hpp>

#include "discovery/program.hpp"

int main(int argc, char** argv) {
  CLI::App app("The central service: which gates are in the lot, and the permits they share");
  std::string config = "/etc/parking/discovery.toml";
  app.add_option("--config", config, "configuration file")->capture_default_str();
  app.set_version_flag("--version", PARKING_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return parking::discovery::run_discovery(config, PARKING_VERSION);
}
