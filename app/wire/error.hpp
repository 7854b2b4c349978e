#pragma once

#include <string>

namespace parking::wire {

/// Why bytes were not accepted. Whoever reads them closes that connection and no other.
struct Error {
  std::string text;  ///< what was wrong, for the log
};

}  // namespace parking::wire
