#include <cstdio>
#include <exception>

#include <spdlog/spdlog.h>

#include "tests/bench/crossing.hpp"
#include "tests/bench/entry.hpp"
#include "tests/bench/memory.hpp"
#include "tests/bench/options.hpp"
#include "tests/bench/throughput.hpp"

namespace {

using namespace parking::bench;

void measure(const Options& options, const Wanted& wanted) {
  if (wanted.entry) {
    measure_entry_with_permit(options);
    for (const std::size_t peers : options.peers) measure_entry_without_permit(options, peers);
  }
  if (wanted.crossing)
    for (const std::size_t peers : options.peers) measure_crossing(options, peers);
  if (wanted.throughput) measure_throughput(options);
  if (wanted.memory) measure_memory(options);
}

}  // namespace

int main(int argc, char** argv) {
  const auto line = parse_options(argc, argv);
  if (!line) return line.error();
  spdlog::set_level(spdlog::level::off);
  try {
    measure(line->options, line->wanted);
    return 0;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "parking-bench: %s\n", problem.what());
    return 1;
  }
}
