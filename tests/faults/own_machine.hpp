#pragma once

#include <filesystem>
#include <string>

namespace parking::faults {

/// A view of the machine that only this program and its children have: mounts and names of network
/// namespaces made from here on are seen by nobody else, and the kernel removes them with the last
/// of these processes, however that ended. Only an empty folder can be left over; the next run
/// removes those whose process is gone.
class OwnMachine {
public:
  OwnMachine();
  ~OwnMachine();
  OwnMachine(const OwnMachine&) = delete;
  OwnMachine& operator=(const OwnMachine&) = delete;

  /// Why this machine does not allow it; empty: everything that the faults need was made once.
  [[nodiscard]] const std::string& obstacle() const { return obstacle_; }
  /// In memory; gone at the end.
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

private:
  std::filesystem::path folder_;
  std::string obstacle_;
};

}  // namespace parking::faults
