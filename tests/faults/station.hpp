#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <boost/json/value.hpp>

#include "tests/faults/disk.hpp"
#include "tests/faults/gate_cars.hpp"
#include "tests/integration/server_program.hpp"
#include "tests/support/ctl.hpp"

namespace parking::faults {

/// A machine of the site: one program in the namespace of its node.
class Station {
public:
  /// `config` is a file that is written already.
  Station(std::string node, std::string address, const std::string& program,
          const std::filesystem::path& config, const std::filesystem::path& socket);

  [[nodiscard]] const std::string& node() const { return node_; }
  [[nodiscard]] const std::string& address() const { return address_; }
  void launch();
  void start();
  void kill();
  /// Hangs, and goes on.
  void pause() const;
  void resume() const;
  /// SIGTERM; throws std::runtime_error when it does not end well within what it promises.
  void end();
  [[nodiscard]] bool running() { return program_.running(); }
  [[nodiscard]] integration::ServerProgram& program() { return program_; }
  /// `parkingctl status --json`; null when nobody answers.
  [[nodiscard]] boost::json::value status() const { return ctl_.status(); }

private:
  std::string node_;
  std::string address_;
  std::string name_;
  integration::ServerProgram program_;
  test_support::Ctl ctl_;
};

/// A gate's machine: its card, and the cars that come to it.
struct GateStation {
  GateStation(const std::string& node, const std::string& id, const std::string& address,
              const std::filesystem::path& folder, const std::string& central, World& world,
              Report& report, std::uint64_t seed);

  std::filesystem::path folder;
  Disk disk;
  Station station;
  GateCars cars;
  [[nodiscard]] const std::filesystem::path& state() const { return state_; }
  [[nodiscard]] const std::string& node() const { return station.node(); }

private:
  std::filesystem::path state_;
};

}  // namespace parking::faults
