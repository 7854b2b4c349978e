#include "tests/bench/finish_line.hpp"

#include <cstdint>
#include <new>
#include <stdexcept>

#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

namespace parking::bench {

struct FinishLine::Shared {
  std::atomic<core::Count> inside{0};
  std::atomic<int> missing{0};
  std::atomic<std::int64_t> last_ns{0};
  Notes notes;
};

FinishLine::FinishLine() : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  void* memory =
      ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (event_ < 0 || memory == MAP_FAILED) throw std::runtime_error("no memory can be shared");
  shared_ = new (memory) Shared;
}

FinishLine::~FinishLine() {
  waker_.reset();
  ::munmap(shared_, sizeof(Shared));
  ::close(event_);
}

void FinishLine::arm(int runners, core::Count inside) {
  shared_->last_ns = 0;
  shared_->missing = runners;
  shared_->inside = inside;
}

bool FinishLine::complete() const {
  return shared_->missing == 0;
}

Nanoseconds FinishLine::last_arrival() const {
  return Nanoseconds{shared_->last_ns};
}

void FinishLine::wake_at_completion(boost::asio::io_context& io) {
  waker_ = std::make_unique<boost::asio::posix::stream_descriptor>(io, ::dup(event_));
  keep_waking();
}

void FinishLine::keep_waking() {
  waker_->async_wait(boost::asio::posix::stream_descriptor::wait_read,
                     [this](boost::system::error_code error) {
                       if (error) return;
                       std::uint64_t count = 0;
                       (void)!::read(event_, &count, sizeof count);
                       keep_waking();
                     });
}

void FinishLine::arrive() {
  const std::int64_t mine = now().count();
  std::int64_t last = shared_->last_ns;
  while (last < mine && !shared_->last_ns.compare_exchange_weak(last, mine)) {
  }
  if (shared_->missing.fetch_sub(1) != 1) return;
  const std::uint64_t one = 1;
  (void)!::write(event_, &one, sizeof one);
}

core::Count FinishLine::awaited_inside() const {
  return shared_->inside;
}

FinishLine::Notes& FinishLine::notes() {
  return shared_->notes;
}

}  // namespace parking::bench
