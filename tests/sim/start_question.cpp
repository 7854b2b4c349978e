#include "tests/sim/start_question.hpp"

#include <algorithm>

namespace parking::sim {
namespace {

constexpr core::Duration answer_time{2000};

}  // namespace

std::optional<core::RowOwner> StartQuestion::hears(core::LinkId link,
                                                   const core::Message& message) {
  if (const auto* hello = std::get_if<core::Hello>(&message)) {
    callers_[link] = hello->row.row.owner;
    return std::nullopt;
  }
  std::optional<core::RowOwner> owner;
  if (const auto* welcome = std::get_if<core::Welcome>(&message))
    owner = welcome->row.row.owner;
  else if (const auto caller = callers_.find(link); caller != callers_.end())
    owner = caller->second;
  if (owner && !std::holds_alternative<core::Refusal>(message)) answers_.insert(owner->gate);
  return owner;
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
