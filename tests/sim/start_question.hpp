#pragma once

#include <map>
#include <set>

#include "app/core/exchange.hpp"

namespace parking::sim {

/// Ledger rule 9 seen from outside: after its start a gate spends nothing until somebody has told
/// it which version of its row he knows, and everybody who is listed has, or two seconds have
/// passed. Knows only what the network brought.
class StartQuestion {
public:
  void begin() { *this = {}; }
  /// `message` was delivered to the process. Whether its sender knew whose row this is: who calls
  /// knows that when he has had the answer.
  bool hears(core::LinkId link, const core::Message& message);
  /// One of those who have answered knows that the row has ended.
  void contradict() { contradicted_ = true; }
  /// After each step; `now` by the process's own clock, which began at 0.
  void consider(const core::Exchange& exchange, core::Instant now);
  [[nodiscard]] bool answered() const { return answered_; }
  [[nodiscard]] bool contradicted() const { return contradicted_; }

private:
  std::map<core::LinkId, core::GateId> callers_;
  std::set<core::GateId> answers_;
  bool answered_ = false;
  bool contradicted_ = false;
};

}  // namespace parking::sim
