#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace parking::faults {

struct RunSettings {
  int faults = 0;
  std::uint64_t seed = 0;
  std::string only;            ///< the name of one kind of fault; empty: all, in turn
  std::filesystem::path logs;  ///< where to write what the programs said when something is wrong
};

}  // namespace parking::faults
