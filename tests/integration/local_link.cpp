#include "tests/integration/local_link.hpp"

#include <utility>

namespace parking::integration {

std::optional<wire::LocalReply> LocalLink::ask(const wire::LocalRequest& request) {
  // A connection that ended while nobody looked says so only when it is used.
  const bool may_be_stale = link_.has_value();
  auto reply = ask_once(request);
  return reply || !may_be_stale ? reply : ask_once(request);
}

std::optional<core::Snapshot> LocalLink::status() {
  auto reply = ask(wire::StatusRequest{});
  return reply ? std::move(reply->snapshot) : std::nullopt;
}

std::vector<core::Event> LocalLink::history() {
  auto reply = ask(wire::HistoryRequest{});
  return reply ? std::move(reply->events) : std::vector<core::Event>{};
}

std::optional<wire::LocalReply> LocalLink::ask_once(const wire::LocalRequest& request) {
  if (!link_) {
    auto made = ctl::Link::connect(socket_, patience);
    if (!made) return std::nullopt;
    link_.emplace(std::move(*made));
  }
  if (link_->send(request))
    if (auto reply = link_->receive()) return *std::move(reply);
  link_.reset();
  return std::nullopt;
}

}  // namespace parking::integration
