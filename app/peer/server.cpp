#include "app/peer/server.hpp"

#include <utility>

#include <spdlog/spdlog.h>

#include "app/peer/accept.hpp"
#include "app/peer/spawn.hpp"

namespace parking::peer {

using asio::ip::tcp;

struct Server::State {
  tcp::acceptor acceptor;
  Accepted accepted;
  bool stopped = false;
};

std::expected<std::unique_ptr<Server>, std::string> Server::listen(
    const asio::any_io_executor& executor, const std::string& host, std::uint16_t port,
    Accepted accepted) {
  boost::system::error_code error;
  const std::string where =
      (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + std::to_string(port);
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
  const auto take = [](const std::shared_ptr<State>& self, tcp::socket socket) {
    self->accepted(make_stream(std::move(socket)));
  };
  spawn(executor, accept_all(state, take),
        [](const std::string& text) { spdlog::error("the peer server stopped: {}", text); });
  return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::shared_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() {
  state_->stopped = true;
  boost::system::error_code ignored;
  state_->acceptor.close(ignored);
}

std::uint16_t Server::port() const {
  boost::system::error_code ignored;
  return state_->acceptor.local_endpoint(ignored).port();
}

}  // namespace parking::peer
