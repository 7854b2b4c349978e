#include "tests/faults/gate_history.hpp"

namespace parking::faults {
namespace {

// More than a gate writes between two readings.
constexpr std::uint32_t enough_events = 400;

}  // namespace

bool GateHistory::read() {
  const auto reply = link_.ask(wire::HistoryRequest{enough_events});
  if (!reply) return false;
  for (const core::Event& event : reply->events) {
    if (event.number <= last_) continue;
    last_ = event.number;
    ++counts_[event.kind];
    if (event.kind == "settled" && event.text.starts_with("entered")) ++settled_as_entered_;
  }
  return true;
}

int GateHistory::count(const std::string& kind) const {
  const auto found = counts_.find(kind);
  return found == counts_.end() ? 0 : found->second;
}

void GateHistory::begin_anew() {
  last_ = 0;
  counts_.clear();
  settled_as_entered_ = 0;
}

void GateHistory::skip() {
  begin_anew();
  read();
  const std::uint64_t last = last_;
  begin_anew();
  last_ = last;
}

}  // namespace parking::faults
