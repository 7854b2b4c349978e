#include "tests/bench/central.hpp"

#include <fstream>

#include "tests/bench/port.hpp"

namespace parking::bench {

Central::Central(const std::filesystem::path& folder, core::Count capacity)
    : address_(quiet_address()) {
  std::filesystem::create_directories(folder);
  const std::filesystem::path file = folder / "discovery.toml";
  std::ofstream(file) << "[lot]\nname = \"Bench\"\ncapacity = " << capacity
                      << "\n[discovery]\nlisten = \"" << address_ << "\"\nstate_dir = \""
                      << (folder / "state").string() << "\"\nsocket = \""
                      << (folder / "discovery.sock").string() << "\"\n[http]\nlisten = \""
                      << quiet_address() << "\"\n";
  process_.emplace(test_support::program("parking-discovery"),
                   std::vector<std::string>{"--config", file.string()});
}

}  // namespace parking::bench
