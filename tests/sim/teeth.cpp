#include "tests/sim/teeth.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <stdexcept>
#include <vector>

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/sim/simulation.hpp"

namespace parking::sim {
namespace {

constexpr std::uint64_t none = ~std::uint64_t{0};
constexpr unsigned most_jobs = 256;

/// What one hunting process tells, also when it ends in the middle of a seed.
struct Hunter {
  std::uint64_t at = none;  ///< the seed it is at, counted from the first one
  char rule[64] = {};       ///< that broke there
};

/// Shared by all of them.
struct Board {
  std::atomic<std::uint64_t> earliest{none};  ///< that a rule broke in; nobody looks beyond it
  Hunter hunters[most_jobs];
};

class SharedBoard {
public:
  SharedBoard() {
    void* memory =
        mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::runtime_error("no memory to share");
    board_ = new (memory) Board;
  }
  ~SharedBoard() { munmap(board_, sizeof(Board)); }
  SharedBoard(const SharedBoard&) = delete;
  SharedBoard& operator=(const SharedBoard&) = delete;
  Board& operator*() const { return *board_; }
  Board* operator->() const { return board_; }

private:
  Board* board_ = nullptr;
};

void lower(std::atomic<std::uint64_t>& value, std::uint64_t to) {
  std::uint64_t seen = value;
  while (to < seen && !value.compare_exchange_weak(seen, to)) {
  }
}

[[noreturn]] void run_child(core::Bug bug, const Hunt& hunt, unsigned number, Board& board) {
#ifdef PARKING_PLANTED_BUGS
  core::planted_bug = bug;
#else
  static_cast<void>(bug);
#endif
  const rlimit no_core_file{0, 0};
  setrlimit(RLIMIT_CORE, &no_core_file);
  if (std::freopen("/dev/null", "w", stderr) == nullptr) std::_Exit(2);
  Hunter& self = board.hunters[number];
  for (std::uint64_t i = number; i < std::min(hunt.most_seeds, board.earliest.load());
       i += hunt.jobs) {
    self.at = i;
    const Plan plan = draw_plan(hunt.first_seed + i, hunt.wishes);
    const Outcome outcome = Simulation(plan).run();
    if (!outcome.violation) continue;
    outcome.violation->rule.copy(self.rule, sizeof(self.rule) - 1);
    lower(board.earliest, i);
    std::_Exit(1);
  }
  std::_Exit(0);
}

pid_t start_child(core::Bug bug, const Hunt& hunt, unsigned number, Board& board) {
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("no process to hunt in");
  if (child == 0) run_child(bug, hunt, number, board);
  return child;
}

}  // namespace

Catch hunt(core::Bug bug, const Hunt& hunt) {
  if (hunt.jobs < 1 || hunt.jobs > most_jobs) throw std::invalid_argument("jobs: 1 to 256");
  const SharedBoard board;
  std::vector<pid_t> children;
  for (unsigned i = 0; i < hunt.jobs; ++i) children.push_back(start_child(bug, hunt, i, *board));
  Catch result{.seeds = hunt.most_seeds, .rule = {}};
  for (std::size_t left = children.size(); left > 0; --left) {
    int status = 0;
    pid_t ended = 0;
    while ((ended = waitpid(-1, &status, 0)) < 0) {
    }
    const auto child = std::ranges::find(children, ended) - children.begin();
    if (WIFEXITED(status) && WEXITSTATUS(status) == 2) throw std::runtime_error("no /dev/null");
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) continue;
    const Hunter& hunter = board->hunters[child];
    lower(board->earliest, hunter.at);
    if (result.caught && hunter.at >= result.seeds - 1) continue;
    result = {.caught = true, .seeds = hunter.at + 1, .rule = hunter.rule};
    if (result.rule.empty()) result.rule = "assertion";
  }
  return result;
}

}  // namespace parking::sim
