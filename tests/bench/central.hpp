#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "app/core/types.hpp"
#include "tests/support/process.hpp"

namespace parking::bench {

/// The real `parking-discovery` of a lot. Runs where the process that starts it is pinned.
class Central {
public:
  Central(const std::filesystem::path& folder, core::Count capacity);
  [[nodiscard]] const std::string& address() const { return address_; }

private:
  std::string address_;
  std::optional<test_support::Process> process_;
};

}  // namespace parking::bench
