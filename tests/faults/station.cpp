#include "tests/faults/station.hpp"

#include <csignal>
#include <fstream>
#include <stdexcept>
#include <utility>

#include "tests/faults/network.hpp"
#include "tests/integration/configuration.hpp"
#include "tests/support/process.hpp"

namespace parking::faults {
namespace {

namespace fs = std::filesystem;
constexpr const char* gate_port = ":7411";

integration::GateConfiguration configuration(const fs::path& folder, const std::string& id,
                                             const std::string& address,
                                             const std::string& central) {
  return {.folder = folder, .id = id, .listen = address + gate_port, .discovery = central};
}

fs::path written(const fs::path& folder, const std::string& id, const std::string& address,
                 const std::string& central) {
  const fs::path file = configuration(folder, id, address, central).write();
  std::ofstream(file, std::ios::app) << "[security]\nmode = \"plain\"\n";
  return file;
}

}  // namespace

Station::Station(std::string node, std::string address, const std::string& program,
                 const fs::path& config, const fs::path& socket)
    : node_(std::move(node)),
      address_(std::move(address)),
      name_(program),
      program_(program, config, socket),
      ctl_(socket) {}

void Station::launch() {
  program_.launch_as("/usr/bin/nsenter", {"--net=/run/netns/" + Network::namespace_of(node_),
                                          test_support::program(name_).string(), "--config",
                                          program_.config().string()});
}

void Station::start() {
  launch();
  program_.await_answer();
}

void Station::kill() {
  if (program_.running()) program_.kill();
}

void Station::pause() const {
  ::kill(program_.pid(), SIGSTOP);
}

void Station::resume() const {
  ::kill(program_.pid(), SIGCONT);
}

void Station::end() {
  if (!program_.running()) return;
  if (const auto code = program_.stop(); code != 0)
    throw std::runtime_error(node_ + " did not stop cleanly");
}

GateStation::GateStation(const std::string& node, const std::string& id, const std::string& address,
                         const fs::path& at, const std::string& central, World& world,
                         Report& report, std::uint64_t seed)
    : folder(at),
      disk(configuration(at, id, address, central).state()),
      station(node, address, "parking-gate", written(at, id, address, central),
              configuration(at, id, address, central).socket()),
      cars(node, configuration(at, id, address, central).socket(), world, report, seed),
      state_(disk.at()) {}

}  // namespace parking::faults
