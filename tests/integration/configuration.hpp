#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "app/core/types.hpp"

namespace parking::integration {

/// discovery.toml of a central service that keeps everything under `folder`.
struct CentralConfiguration {
  std::filesystem::path folder;
  std::string listen;
  core::Count capacity = 3;
  std::chrono::seconds lease{3};

  [[nodiscard]] std::filesystem::path socket() const { return folder / "discovery.sock"; }
  [[nodiscard]] std::string text() const;
  /// Writes the file and says where it is.
  std::filesystem::path write() const;
};

/// gate.toml of a gate with a simulated board that keeps everything under `folder`.
struct GateConfiguration {
  std::filesystem::path folder;
  std::string id;  ///< empty: to be set up
  std::string listen;
  std::string discovery;
  bool has_entry = true;
  bool has_exit = true;

  [[nodiscard]] std::filesystem::path socket() const { return folder / "gate.sock"; }
  [[nodiscard]] std::filesystem::path state() const { return folder / "state"; }
  [[nodiscard]] std::string text() const;
  std::filesystem::path write() const;
};

/// `text` with each `from` replaced; for configurations that are wrong in one place.
std::string replaced(std::string text, const std::string& from, const std::string& to);

}  // namespace parking::integration
