#include "discovery/program.hpp"

#include <csignal>
#include <iostream>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <spdlog/spdlog.h>

#include "discovery/service.hpp"
#include "systemd/notify.hpp"
#include "systemd/watchdog.hpp"

namespace parking::discovery {

int run_discovery(const std::filesystem::path& config_file, const std::string& version) {
  const auto config = load_discovery_config(config_file);
  if (!config) {
    for (const std::string& line : config.error()) std::cerr << line << '\n';
    return 2;
  }
  boost::asio::io_context io{1};
  auto service =
      Service::start(io.get_executor(), *config, version, {.worked = systemd::watchdog_feeder()});
  if (!service) {
    std::cerr << "parking-discovery: " << service.error() << '\n';
    return 1;
  }
  boost::asio::signal_set signals(io, SIGTERM, SIGINT);
  signals.async_wait([&](boost::system::error_code error, int) {
    if (error) return;
    systemd::notify_stopping();
    spdlog::info("stopping");
    (*service)->stop();
    io.stop();
  });
  if (config->is_plain_on_a_network())
    spdlog::warn("gates talk unprotected over the network ([security] mode = \"plain\")");
  const std::string status =
      "lot " + config->lot_name + ", listening on " + to_string(config->listen);
  spdlog::info("{}", status);
  systemd::notify_ready(status);
  io.run();
  return 0;
}

}  // namespace parking::discovery
