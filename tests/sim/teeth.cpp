#include "tests/sim/teeth.hpp"

#include <cstdlib>
#include <new>
#include <stdexcept>

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

/// What the hunting process tells, also when it ends in the middle of a seed.
struct Board {
  std::uint64_t seeds = 0;
  char rule[64] = {};
};

Board* shared_board() {
  void* memory =
      mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::runtime_error("no memory to share");
  return new (memory) Board;
}

[[noreturn]] void run_child(core::Bug bug, std::uint64_t first, std::uint64_t most,
                            const Wishes& wishes, Board& board) {
#ifdef PARKING_PLANTED_BUGS
  core::planted_bug = bug;
#else
  static_cast<void>(bug);
#endif
  const rlimit no_core_file{0, 0};
  setrlimit(RLIMIT_CORE, &no_core_file);
  if (std::freopen("/dev/null", "w", stderr) == nullptr) std::_Exit(2);
  for (std::uint64_t i = 0; i < most; ++i) {
    board.seeds = i + 1;
    const Plan plan = draw_plan(first + i, wishes);
    const Outcome outcome = Simulation(plan).run();
    if (!outcome.violation) continue;
    outcome.violation->rule.copy(board.rule, sizeof(board.rule) - 1);
    std::_Exit(1);
  }
  std::_Exit(0);
}

}  // namespace

Catch hunt(core::Bug bug, std::uint64_t first, std::uint64_t most, const Wishes& wishes) {
  Board* board = shared_board();
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no process to hunt in");
  if (child == 0) run_child(bug, first, most, wishes, *board);
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
  }
  Catch result{.seeds = board->seeds, .rule = board->rule};
  result.caught = !WIFEXITED(status) || WEXITSTATUS(status) == 1;
  if (result.caught && result.rule.empty()) result.rule = "assertion";
  munmap(board, sizeof(Board));
  return result;
}

}  // namespace parking::sim
