#pragma once

#include <chrono>
#include <memory>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>

namespace parking::peer {

/// Out of file descriptors and the like pass; trying at once would only burn the processor.
inline constexpr std::chrono::milliseconds pause_after_failed_accept{200};

/// Hands each connection to `take(state, socket)` until `state->stopped` is set and
/// `state->acceptor` is closed. A failure to accept is logged once until one succeeds.
template <typename State, typename Take>
boost::asio::awaitable<void> accept_all(std::shared_ptr<State> state, Take take) {
  constexpr auto as_result = boost::asio::as_tuple(boost::asio::use_awaitable);
  bool failing = false;
  while (!state->stopped) {
    auto [error, socket] = co_await state->acceptor.async_accept(as_result);
    // A connection may have been accepted in the moment before the stop.
    if (state->stopped || error == boost::asio::error::operation_aborted) co_return;
    if (!error) {
      failing = false;
      take(state, std::move(socket));
      continue;
    }
    if (!std::exchange(failing, true))
      spdlog::warn("cannot accept a connection: {}; trying again", error.message());
    boost::asio::steady_timer timer(state->acceptor.get_executor(), pause_after_failed_accept);
    co_await timer.async_wait(as_result);
  }
}

}  // namespace parking::peer
