#pragma once

#include <filesystem>
#include <string>

namespace parking::discovery {

/// Runs the central service until SIGTERM or SIGINT. Returns the exit code: 0 stopped, 1 could not
/// run, 2 the configuration is wrong.
int run_discovery(const std::filesystem::path& config_file, const std::string& version);

}  // namespace parking::discovery
