#include "app/core/ask.hpp"

#include <algorithm>

namespace parking::core {

bool Ask::want(Count wanted, DemandRank rank, std::uint64_t& next_id,
               const std::function<std::set<GateId>()>& reachable, Instant now) {
  wanted = std::max<Count>(0, wanted);
  if (wanted == 0) {
    const bool withdrawn = wanted_ > 0;
    wanted_ = 0;
    settled_once_ = false;
    unanswered_.clear();
    if (withdrawn) id_ = next_id++;
    return withdrawn;
  }
  settled_once_ = wanted_ > 0 && settled(now);
  const bool begins = wanted_ == 0 || rank != rank_;
  if (!begins && wanted == wanted_ && now < asked_ + renew_after) return false;
  if (begins) {
    began_ = now;
    settled_once_ = false;
  }
  wanted_ = wanted;
  rank_ = rank;
  id_ = next_id++;
  asked_ = sent_ = now;
  unanswered_ = reachable();
  return true;
}

void Ask::answered(const GateId& peer, std::uint64_t id) {
  if (id == id_) unanswered_.erase(peer);
}

void Ask::unreachable(const GateId& peer) {
  unanswered_.erase(peer);
}

void Ask::reachable(const GateId& peer) {
  if (wanted_ == 0) return;
  unanswered_.insert(peer);
  sent_ = Instant::min();
}

std::set<GateId> Ask::take_due(Instant now) {
  if (wanted_ == 0 || unanswered_.empty() || now < sent_ + resend_after) return {};
  sent_ = now;
  return unanswered_;
}

bool Ask::settled(Instant now) const {
  if (wanted_ == 0) return false;
  return settled_once_ || unanswered_.empty() || now >= began_ + deadline;
}

Instant Ask::next_wake(Instant now) const {
  if (wanted_ == 0) return Instant::max();
  Instant wake = asked_ + renew_after;
  if (!unanswered_.empty()) wake = std::min(wake, sent_ + resend_after);
  if (!settled(now)) wake = std::min(wake, began_ + deadline);
  return wake;
}

}  // namespace parking::core
