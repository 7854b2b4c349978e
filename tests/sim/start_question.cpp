#include "tests/sim/start_question.hpp"

#include <algorithm>

namespace parking::sim {
namespace {

constexpr core::Duration answer_time{2000};

}  // namespace

void StartQuestion::hears(const core::Message& message) {
  if (answered_) return;
  if (const auto* hello = std::get_if<core::Hello>(&message))
    answers_.insert(hello->row.row.owner.gate);
  else if (const auto* welcome = std::get_if<core::Welcome>(&message))
    answers_.insert(welcome->row.row.owner.gate);
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
