#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>

#include "app/core/types.hpp"
#include "app/gate/host_port.hpp"
#include "app/gate/toml_reader.hpp"

namespace parking::gate {

/// What the setup page of the touchscreen asks for; kept in `state_dir/setup.toml`, in the form of
/// gate.toml's [gate].
struct SetupValues {
  core::GateId id;
  config::HostPort listen;
  config::HostPort discovery;
  bool operator==(const SetupValues&) const = default;
};

std::filesystem::path setup_file(const std::filesystem::path& state_dir);

/// Nothing when the page has stored nothing yet. Error: the file is damaged; the lines say how.
std::expected<std::optional<SetupValues>, config::FaultLines> load_setup(
    const std::filesystem::path& state_dir);

/// Durable and whole, or not at all: written beside, synced, renamed. Error: why not, and what to
/// do.
std::expected<void, std::string> save_setup(const std::filesystem::path& state_dir,
                                            const SetupValues& values);

}  // namespace parking::gate
