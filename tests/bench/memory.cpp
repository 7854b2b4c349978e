#include "tests/bench/memory.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <vector>

#include "tests/bench/central.hpp"
#include "tests/bench/clock.hpp"
#include "tests/bench/comparison.hpp"
#include "tests/bench/folder.hpp"
#include "tests/bench/proc_memory.hpp"
#include "tests/bench/processor.hpp"
#include "tests/bench/real_gate.hpp"

namespace parking::bench {
namespace {

constexpr long goal_kb = 12 * 1024;
constexpr std::size_t mappings_shown = 8;

void print_memory(const std::string& when, pid_t process) {
  auto memory = memory_of(process);
  std::printf(
      "  %-22s resident %6ld kB (anonymous %ld, files %ld), peak %ld, proportional %ld, "
      "own %ld\n",
      when.c_str(), memory["VmRSS"], memory["RssAnon"], memory["RssFile"], memory["VmHWM"],
      memory["Pss"], memory["Private_Clean"] + memory["Private_Dirty"]);
  const long most = memory["VmHWM"];
  std::printf("  %-22s goal %ld kB for the peak: %s\n", "", goal_kb,
              most <= goal_kb ? "met" : "missed");
}

void print_mappings(pid_t process) {
  std::vector<std::pair<long, std::string>> sizes;
  for (const auto& [name, size] : resident_by_mapping(process)) sizes.emplace_back(size, name);
  std::ranges::sort(sizes, std::greater());
  std::printf("  most of it:");
  for (std::size_t i = 0; i < std::min(mappings_shown, sizes.size()); ++i)
    std::printf(" %s %ld kB%s", sizes[i].second.c_str(), sizes[i].first,
                i + 1 < mappings_shown ? "," : "");
  std::printf("\n");
}

}  // namespace

void measure_memory(const Options& options) {
  print_heading("Memory of parking-gate");
  const Folder folder(options.folder);
  pin_to(others_processor);
  const Central central(folder.path() / "central", 1000);
  pin_to(measured_processor);
  RealGate gate(folder.path() / "gate", central.address());
  pin_to(others_processor);
  gate.await_service();
  print_memory("at rest", gate.pid());
  const Nanoseconds start = now();
  for (std::size_t car = 0; car < options.cars; ++car) {
    gate.drive("in");
    gate.drive("out");
  }
  const double took = std::chrono::duration<double>(now() - start).count();
  print_memory("after " + std::to_string(options.cars) + " cars", gate.pid());
  print_mappings(gate.pid());
  const core::LotView lot = gate.status().lot;
  std::printf("  each car came in and left, over the local socket: %.0f s; inside now %lld\n", took,
              static_cast<long long>(lot.inside));
  if (lot.inside != 0) throw std::runtime_error("the gate has counted wrongly");
  std::fflush(stdout);
}

}  // namespace parking::bench
