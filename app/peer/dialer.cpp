#include "app/peer/dialer.hpp"

#include <ranges>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>

#include "app/peer/connect.hpp"
#include "app/peer/spawn.hpp"

namespace parking::peer {
namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

}  // namespace

struct Dialer::Target {
  core::GateId gate;
  std::string address;
  std::shared_ptr<const Hooks> hooks;
  std::chrono::milliseconds good_after;
  Backoff backoff;
  asio::steady_timer timer;
  bool wanted = true;
  std::string last_failure;
};

Dialer::Dialer(asio::any_io_executor executor, core::Random random, Hooks hooks,
               DialerSettings settings)
    : executor_(std::move(executor)),
      random_(std::move(random)),
      settings_(settings),
      hooks_(std::make_shared<const Hooks>(std::move(hooks))) {}

Dialer::~Dialer() {
  set_targets({});
}

void Dialer::set_targets(const std::map<core::GateId, std::string>& targets) {
  std::erase_if(targets_, [&](const auto& entry) {
    const auto& [gate, target] = entry;
    const auto wanted = targets.find(gate);
    if (wanted != targets.end() && wanted->second == target->address) return false;
    target->wanted = false;
    target->timer.cancel();
    return true;
  });
  for (const auto& [gate, address] : targets) {
    if (targets_.contains(gate)) continue;
    auto target = std::make_shared<Target>(Target{.gate = gate,
                                                  .address = address,
                                                  .hooks = hooks_,
                                                  .good_after = settings_.good_after,
                                                  .backoff = Backoff(random_, settings_.backoff),
                                                  .timer = asio::steady_timer(executor_)});
    targets_.emplace(gate, target);
    spawn(executor_, pursue(std::move(target)),
          [](const std::string& text) { spdlog::error("dialling a peer stopped: {}", text); });
  }
}

void Dialer::wake() {
  for (const auto& target : targets_ | std::views::values) target->timer.cancel();
}

asio::awaitable<void> Dialer::pursue(std::shared_ptr<Target> target) {
  while (target->wanted) {
    if (target->hooks->is_engaged(target->gate)) {
      const auto since = std::chrono::steady_clock::now();
      do {
        target->timer.expires_at(asio::steady_timer::time_point::max());
        co_await target->timer.async_wait(as_result);
        if (!target->wanted) co_return;
      } while (target->hooks->is_engaged(target->gate));
      if (std::chrono::steady_clock::now() - since >= target->good_after) target->backoff.reset();
    }
    // Also after a connection that was lost or refused: never dial again at once, and only time
    // ends this wait.
    const auto until = std::chrono::steady_clock::now() + target->backoff.next();
    while (target->wanted && std::chrono::steady_clock::now() < until) {
      target->timer.expires_at(until);
      co_await target->timer.async_wait(as_result);
    }
    if (!target->wanted || target->hooks->is_engaged(target->gate)) continue;
    auto stream = co_await connect(target->address);
    if (!target->wanted) co_return;
    if (!stream) {
      if (std::exchange(target->last_failure, stream.error()) != stream.error())
        spdlog::info("gate {} at {} cannot be reached: {}", target->gate.text(), target->address,
                     stream.error());
      continue;
    }
    target->last_failure.clear();
    if (!target->hooks->is_engaged(target->gate))
      target->hooks->established(target->gate, std::move(*stream));
  }
}

}  // namespace parking::peer
