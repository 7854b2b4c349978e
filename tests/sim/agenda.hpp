#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace parking::sim {

/// True time of the world in microseconds; the nodes' own clocks run beside it.
using Time = std::int64_t;
inline constexpr Time us_per_ms = 1000;
inline constexpr Time us_per_s = 1'000'000;

enum class What : std::uint8_t {
  wake,          ///< a core's own timer; a: machine, b: life
  restart,       ///< a: machine, b: life
  commit,        ///< a: machine, b: life
  room,          ///< the disk may have room again; a: machine, b: life
  dial,          ///< a: machine, b: life, c: target machine
  connect,       ///< the call is answered; a: connection
  deliver,       ///< a: connection, b: side that receives
  link_down,     ///< closed by itself; a: connection, b: side that is told
  register_now,  ///< a gate calls the registry; a: machine, b: life
  renew,         ///< a: machine, b: life, c: connection
  arrive,        ///< a: car
  drive,         ///< the next thing a car does; a: car, b: stage, c: serial
  sensor,        ///< readings that were held up; a: machine
  barrier,       ///< a barrier closes by itself; a: lane, b: serial
  fault,         ///< begins; a: index in the plan
  fault_end,     ///< a: index in the plan
  gift,          ///< has to have arrived; a: number of the gift
  reconnect,     ///< what the operator cut off from the office; a: machine
  act,           ///< the operator goes on; a: index in the plan
  check,         ///< a look from time to time
  office_look,   ///< the operator looks what the office needs
};

struct Happening {
  Time at = 0;
  std::uint64_t order = 0;
  What what = What::check;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
};

/// What is going to happen, earliest first, first come first served.
class Agenda {
public:
  void add(Time at, What what, std::uint32_t a = 0, std::uint32_t b = 0, std::uint32_t c = 0) {
    heap_.push_back({std::max(at, now_), ++order_, what, a, b, c});
    std::push_heap(heap_.begin(), heap_.end(), later);
  }
  [[nodiscard]] bool empty() const { return heap_.empty(); }
  Happening take() {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    const Happening next = heap_.back();
    heap_.pop_back();
    now_ = next.at;
    return next;
  }
  [[nodiscard]] Time now() const { return now_; }

private:
  static bool later(const Happening& x, const Happening& y) {
    return x.at != y.at ? x.at > y.at : x.order > y.order;
  }
  std::vector<Happening> heap_;
  std::uint64_t order_ = 0;
  Time now_ = 0;
};

}  // namespace parking::sim
