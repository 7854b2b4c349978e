#pragma once

#include <expected>
#include <string>
#include <vector>

#include "tests/faults/run_settings.hpp"

namespace parking::faults {

struct Options {
  RunSettings settings;
  bool only_ask = false;  ///< whether it can run here
};

/// What may be asked for.
struct Kinds {
  std::vector<std::string> names;
  int in_turn = 0;  ///< how many of them a run deals that asks for none
};

/// Otherwise what the program ends with: its help or what is wrong was printed.
std::expected<Options, int> parse_options(int count, const char* const* words, const Kinds& kinds);

/// The command that deals the same faults again.
std::string command_for(const RunSettings& settings, const std::string& program);

}  // namespace parking::faults
