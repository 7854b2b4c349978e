#pragma once

#include <filesystem>
#include <string>

namespace parking::gate {

/// Runs the gate described by `config_file` until SIGTERM or SIGINT. Returns the exit code: 0
/// stopped, 1 could not run, 2 the configuration is wrong.
int run_gate(const std::filesystem::path& config_file, const std::string& version);

}  // namespace parking::gate
