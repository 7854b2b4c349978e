#pragma once

#include <cstddef>
#include <expected>
#include <filesystem>
#include <vector>

namespace parking::bench {

/// How much is measured, and where.
struct Options {
  std::filesystem::path folder;  ///< on the disk that is measured; a folder is made in it
  std::size_t rounds = 3000;
  /// Rounds before those that are counted: until the logs are written over and grow no more.
  std::size_t warm_up = 400;
  std::vector<std::size_t> peers{3, 15, 49};
  std::size_t busy_gates = 16;
  std::size_t phases = 6;  ///< of each kind, taken in turns
  double phase_s = 3;
  std::size_t cars = 100'000;
};

/// What is measured.
struct Wanted {
  bool entry = false;
  bool crossing = false;
  bool throughput = false;
  bool memory = false;
};

struct CommandLine {
  Options options;
  Wanted wanted;  ///< at least one thing
};

/// Otherwise what the program ends with: its help or what is wrong was printed.
std::expected<CommandLine, int> parse_options(int count, const char* const* words);

}  // namespace parking::bench
