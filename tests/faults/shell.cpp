#include "tests/faults/shell.hpp"

#include <stdexcept>

#include "tests/support/ctl.hpp"

namespace parking::faults {

std::string shell_fault(const std::string& line) {
  const auto outcome = test_support::run("/bin/sh", {"-c", line});
  if (outcome.exit_code == 0) return {};
  return "`" + line + "` ended with " + std::to_string(outcome.exit_code) + ": " + outcome.errors;
}

void shell(const std::string& line) {
  if (const std::string fault = shell_fault(line); !fault.empty()) throw std::runtime_error(fault);
}

}  // namespace parking::faults
