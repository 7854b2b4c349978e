#pragma once

#include <string>

namespace parking::faults {

/// Runs a line of shell. Throws std::runtime_error with what it wrote when it fails.
void shell(const std::string& line);

/// The same as an answer: empty when it worked, otherwise why it did not.
std::string shell_fault(const std::string& line);

}  // namespace parking::faults
