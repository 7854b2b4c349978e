#pragma once

#include <optional>
#include <string>

#include "tests/bench/samples.hpp"

namespace parking::bench {

/// One line of the report: something measured beside the least that it could cost.
struct Comparison {
  std::string what;
  Samples measured;
  std::string against;
  Samples baseline;
  std::optional<double> goal;  ///< of the ratio of the medians; none: for orientation
};

void print_heading(const std::string& text);
void print(const Comparison& comparison);

}  // namespace parking::bench
