#pragma once

#include <functional>
#include <set>
#include <vector>

#include "app/core/messages.hpp"
#include "app/core/types.hpp"

namespace parking::core {

/// The asker's side of an inquiry to all peers: whom to ask when, and whether the answer is in.
class Ask {
public:
  /// `wanted` permits are needed now. Returns true when everybody has to be asked (again) under a
  /// new id: the wait begins, is renewed, or wants another number or for another reason.
  bool want(Count wanted, DemandRank rank, std::uint64_t& next_id,
            const std::function<std::set<GateId>()>& reachable, Instant now);
  void answered(const GateId& peer, std::uint64_t id);
  void unreachable(const GateId& peer);
  /// A peer that became reachable during the wait is asked at once.
  void reachable(const GateId& peer);

  [[nodiscard]] Count wanted() const { return wanted_; }
  [[nodiscard]] DemandRank rank() const { return rank_; }
  [[nodiscard]] std::uint64_t id() const { return id_; }
  /// Those who have not answered and were last asked `resend_after` ago; they count as asked now.
  std::set<GateId> take_due(Instant now);
  /// Somebody waits, and everybody reachable has answered or the deadline has passed, once in this
  /// wait.
  [[nodiscard]] bool settled(Instant now) const;
  [[nodiscard]] Instant next_wake(Instant now) const;

  static constexpr Duration resend_after{150};
  static constexpr Duration deadline{1000};
  static constexpr Duration renew_after{1000};

private:
  Count wanted_ = 0;
  DemandRank rank_ = DemandRank::waiting;
  std::uint64_t id_ = 0;
  Instant began_;
  Instant asked_;
  Instant sent_;
  std::set<GateId> unanswered_;
  bool settled_once_ = false;
};

}  // namespace parking::core
