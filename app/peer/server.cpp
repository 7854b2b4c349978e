#include "app/peer/server.hpp"

#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>

#include "app/peer/spawn.hpp"

namespace parking::peer {

using asio::ip::tcp;

struct Server::State {
  tcp::acceptor acceptor;
  Accepted accepted;
};

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
// Out of file descriptors and the like pass; trying at once would only burn the processor.
constexpr std::chrono::milliseconds pause_after_failure{200};

template <typename State>
asio::awaitable<void> accept_all(std::shared_ptr<State> state) {
  while (state->acceptor.is_open()) {
    auto [error, socket] = co_await state->acceptor.async_accept(as_result);
    if (error == asio::error::operation_aborted) co_return;
    if (error) {
      spdlog::warn("cannot accept a connection: {}", error.message());
      asio::steady_timer timer(state->acceptor.get_executor(), pause_after_failure);
      co_await timer.async_wait(as_result);
      continue;
    }
    state->accepted(make_stream(std::move(socket)));
  }
}

}  // namespace

std::expected<std::unique_ptr<Server>, std::string> Server::listen(
    const asio::any_io_executor& executor, const std::string& host, std::uint16_t port,
    Accepted accepted) {
  boost::system::error_code error;
  const std::string where = host + ":" + std::to_string(port);
  const auto address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, error);
  if (error)
    return std::unexpected("cannot listen on " + where +
                           ": write a numeric address, for example 127.0.0.1");
  tcp::acceptor acceptor(executor);
  const tcp::endpoint endpoint(address, port);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error == asio::error::address_in_use)
    return std::unexpected("cannot listen on " + where +
                           ": another program uses this port; stop it or choose another port");
  if (error) return std::unexpected("cannot listen on " + where + ": " + error.message());
  auto state = std::make_shared<State>(State{std::move(acceptor), std::move(accepted)});
  spawn(executor, accept_all(state),
        [](const std::string& text) { spdlog::error("the peer server stopped: {}", text); });
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::shared_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() {
  boost::system::error_code ignored;
  state_->acceptor.close(ignored);
}

std::uint16_t Server::port() const {
  boost::system::error_code ignored;
  return state_->acceptor.local_endpoint(ignored).port();
}

}  // namespace parking::peer
