// In a tenth of the seeds the office's own store is struck, with a stream of its own, so that all
// other seeds stay what they are.
#include <algorithm>

#include "tests/sim/plan.hpp"
#include "tests/sim/rng.hpp"

namespace parking::sim {
namespace {

class OfficeFaults {
public:
  OfficeFaults(Plan& plan, Rng& rng) : plan_(plan), rng_(rng) {
    at_ = rng_.between(2 * us_per_s + us_per_s / 2, std::max(3 * us_per_s, plan.traffic_ends / 2));
    down_ = rng_.between(50 * us_per_ms, rng_.permille(300) ? 15 * us_per_s : 2 * us_per_s);
    // The operator comes within seconds, or after the traffic.
    delay_ = rng_.permille(700) ? static_cast<std::uint32_t>(1 + rng_.below(6)) : 0;
  }

  void draw() {
    switch (rng_.below(9)) {
      case 0:
        return lose();
      case 1:
        return lose_while_a_gate_is_away();
      case 2:
        return lose_and_crash();
      case 3:
        return lose_out_of_reach();
      case 4:
        return put_back();
      case 5:
        return copy();
      case 6:
        return lose_with_a_gate();
      case 7:
        return lose_what_one_gate_knows();
      default:
        return lose_twice();
    }
  }

private:
  void add(FaultKind kind, Time at, Time lasts, std::uint16_t node, std::uint32_t value = 1,
           std::uint16_t other = 0) {
    plan_.faults.push_back(
        {.at = at, .lasts = lasts, .kind = kind, .node = node, .other = other, .value = value});
  }
  std::uint16_t gate() { return static_cast<std::uint16_t>(1 + rng_.below(plan_.gates.size())); }
  Time seconds(std::int64_t low, std::int64_t high) {
    return rng_.between(low * us_per_s, high * us_per_s);
  }
  /// When the operator is likely to act.
  [[nodiscard]] Time mended_at() const {
    return at_ + std::max(down_, static_cast<Time>(delay_) * us_per_s);
  }

  void lose() {
    add(FaultKind::lose_store, at_, down_, 0, delay_);
    // Whoever looks at the screens may think that the lot needs a capacity.
    for (std::uint64_t i = rng_.below(3); i > 0; --i)
      add(FaultKind::set_capacity, mended_at() + seconds(0, 6), us_per_s, 0,
          static_cast<std::uint32_t>(rng_.between(1, 2 * plan_.capacity)));
  }

  void lose_while_a_gate_is_away() {
    add(rng_.permille(500) ? FaultKind::partition : FaultKind::crash, at_ - seconds(0, 2),
        mended_at() - at_ + seconds(2, 12), gate());
    lose();
  }

  void lose_and_crash() {
    lose();
    for (std::uint64_t i = 1 + rng_.below(3); i > 0; --i)
      add(rng_.permille(500) ? FaultKind::crash : FaultKind::crash_at_effect,
          mended_at() + seconds(0, 6), seconds(0, 3), 0,
          static_cast<std::uint32_t>(rng_.below(30)));
  }

  // Nobody who knows the lot reaches the new office, so it creates another one; a gate that has
  // lost its store joins that.
  void lose_out_of_reach() {
    const std::uint16_t fresh = gate();
    const Time until = down_ + seconds(3, 20);
    for (std::uint16_t other = 1; other <= plan_.gates.size(); ++other)
      if (other != fresh || rng_.permille(200))
        add(FaultKind::reset, at_, until + seconds(0, 4), 0, 1, other);
    lose();
    add(FaultKind::lose_store, at_, seconds(0, 3), fresh);
  }

  void put_back() {
    add(FaultKind::restore_store, at_, us_per_s, 0, delay_);
    const Time later = at_ + seconds(1, 10);
    if (rng_.permille(400)) add(FaultKind::partition, later - us_per_s, seconds(2, 10), gate());
    if (rng_.permille(300))
      add(FaultKind::set_capacity, later + seconds(0, 4), us_per_s, 0,
          static_cast<std::uint32_t>(rng_.between(1, 2 * plan_.capacity)));
    add(FaultKind::restore_store, later, us_per_s, 0, delay_);
  }

  void copy() {
    add(FaultKind::clone_store, at_, seconds(3, 15), 0, delay_);
    if (rng_.permille(600))
      add(rng_.permille(500) ? FaultKind::partition : FaultKind::crash, at_ + seconds(0, 2),
          seconds(2, 12), 0);
    if (rng_.permille(300)) add(FaultKind::partition, at_ + seconds(0, 2), seconds(2, 12), gate());
  }

  void lose_with_a_gate() {
    add(FaultKind::lose_store, at_ - seconds(0, 3), seconds(0, 6), gate());
    lose();
  }

  // A gate joins that reaches nobody but the office, is given what the operator adds, and is cut
  // off when the office is lost: no other gate has ever heard of it.
  void lose_what_one_gate_knows() {
    if (plan_.gates.size() < 3) return lose();
    const auto fresh = static_cast<std::uint16_t>(2 + rng_.below(plan_.gates.size() - 1));
    at_ = std::max(at_, 9 * us_per_s);
    plan_.gates[fresh - 1U].joins = at_ - 5 * us_per_s;
    for (std::uint16_t other = 1; other <= plan_.gates.size(); ++other) {
      if (other == fresh) continue;
      add(FaultKind::stall, at_ - 6 * us_per_s, 6 * us_per_s, 0, 1, other);
      add(FaultKind::stall, at_ - 6 * us_per_s, 6 * us_per_s, fresh, 1, other);
    }
    add(FaultKind::set_capacity, at_ - 5 * us_per_s / 2, us_per_s, 0,
        static_cast<std::uint32_t>(2 * plan_.capacity + 5));
    add(FaultKind::partition, at_, down_ + seconds(6, 14), fresh);
    add(FaultKind::lose_store, at_, down_, 0, delay_);
  }

  void lose_twice() {
    lose();
    at_ = mended_at() + seconds(0, 10);
    lose();
  }

  Plan& plan_;
  Rng& rng_;
  Time at_ = 0;
  Time down_ = 0;
  std::uint32_t delay_ = 0;
};

}  // namespace

void draw_office_faults(Plan& plan) {
  Rng rng(plan.seed * 0x9fb21c651e98df25ULL + 5);
  if (!rng.permille(100)) return;
  OfficeFaults(plan, rng).draw();
  for (Fault& fault : plan.faults) fault.at = std::max(fault.at, us_per_s);
  std::ranges::stable_sort(plan.faults, {}, &Fault::at);
}

}  // namespace parking::sim
