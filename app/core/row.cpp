#include "app/core/row.hpp"

#include <algorithm>

namespace parking::core {

bool grows_from(const Row& earlier, const Row& later) {
  const bool counters_grow =
      later.admitted >= earlier.admitted && later.entered >= earlier.entered &&
      later.backed_out >= earlier.backed_out && later.unadmitted >= earlier.unadmitted &&
      later.left >= earlier.left && later.final_row >= earlier.final_row;
  const bool gifts_grow = std::ranges::all_of(earlier.given, [&](const auto& gift) {
    const auto now = later.given.find(gift.first);
    return now != later.given.end() && now->second >= gift.second;
  });
  return counters_grow && gifts_grow;
}

}  // namespace parking::core
