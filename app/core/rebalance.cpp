#include "app/core/rebalance.hpp"

#include <algorithm>
#include <ranges>

namespace parking::core {

Count gift_size(const GiftQuestion& question) {
  if (question.permits <= 0 || question.wanted <= 0) return 0;
  // An eighth of a gate's even share keeps most entries local and strands little in a dead gate.
  const Count reserve =
      std::max<Count>(1, question.capacity / (8 * std::max<Count>(1, question.gates)));
  const Count idle = std::max<Count>(0, question.permits - question.needed);
  return std::min(question.permits, question.wanted + std::min(reserve, idle / 2));
}

std::vector<Count> share_out(Count permits, const std::vector<Count>& balances) {
  std::vector<Count> shares(balances.size(), 0);
  if (balances.empty()) return shares;
  for (; permits > 0; --permits) {
    std::size_t poorest = 0;
    for (const std::size_t i : std::views::iota(std::size_t{0}, balances.size()))
      if (balances[i] + shares[i] < balances[poorest] + shares[poorest]) poorest = i;
    ++shares[poorest];
  }
  return shares;
}

}  // namespace parking::core
