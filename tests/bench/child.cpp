#include "tests/bench/child.hpp"

#include <csignal>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <utility>

#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace parking::bench {
namespace {

int guarded(const std::function<int(int)>& work, int control) {
  try {
    return work(control);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "a process of the benchmark failed: %s\n", problem.what());
    return 1;
  }
}

}  // namespace

Child::Child(const std::function<int(int control)>& work) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    throw std::runtime_error("cannot make a pair of sockets");
  std::fflush(nullptr);
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("cannot start a process");
  if (pid_ == 0) {
    // The control streams of earlier children stay open here; they end with this process.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::close(ends[0]);
    ::_exit(guarded(work, ends[1]));
  }
  ::close(ends[1]);
  control_ = ends[0];
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), control_(std::exchange(other.control_, -1)) {}

Child::~Child() {
  dismiss();
  if (pid_ > 0) ::waitpid(pid_, nullptr, 0);
}

void Child::tell(char what) const {
  if (::send(control_, &what, 1, MSG_NOSIGNAL) != 1)
    throw std::runtime_error("a process of the benchmark is gone");
}

void Child::dismiss() {
  if (control_ < 0) return;
  ::shutdown(control_, SHUT_RDWR);
  ::close(std::exchange(control_, -1));
}

}  // namespace parking::bench
