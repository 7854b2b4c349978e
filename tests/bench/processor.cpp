#include "tests/bench/processor.hpp"

#include <algorithm>
#include <stdexcept>
#include <thread>

#include <sched.h>

namespace parking::bench {

void pin_to(int processor) {
  const int last = std::max(1, static_cast<int>(std::thread::hardware_concurrency())) - 1;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<std::size_t>(std::min(processor, last)), &set);
  if (::sched_setaffinity(0, sizeof set, &set) != 0)
    throw std::runtime_error("cannot pin a process to processor " + std::to_string(processor));
}

}  // namespace parking::bench
