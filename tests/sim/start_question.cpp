#include "tests/sim/start_question.hpp"

#include <algorithm>

namespace parking::sim {
namespace {

constexpr core::Duration answer_time{2000};

}  // namespace

bool StartQuestion::hears(core::LinkId link, const core::Message& message) {
  if (const auto* hello = std::get_if<core::Hello>(&message)) {
    callers_[link] = hello->row.row.owner.gate;
    return false;
  }
  const auto* welcome = std::get_if<core::Welcome>(&message);
  const auto caller = callers_.find(link);
  if (welcome == nullptr && caller == callers_.end()) return false;
  if (!std::holds_alternative<core::Refusal>(message))
    answers_.insert(welcome != nullptr ? welcome->row.row.owner.gate : caller->second);
  return true;
}

void StartQuestion::consider(const core::Exchange& exchange, core::Instant now) {
  if (answered_ || answers_.empty()) return;
  const auto is_awaited = [&](const core::PeerInfo& info) {
    return info.owner.gate != exchange.self().gate && info.state != core::PeerState::retired &&
           !exchange.ledger().is_final(info.owner.incarnation) &&
           !answers_.contains(info.owner.gate);
  };
  answered_ = now >= core::Instant{} + answer_time || !exchange.list() ||
              std::ranges::none_of(exchange.list()->peers, is_awaited);
}

}  // namespace parking::sim
