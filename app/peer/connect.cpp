#include "app/peer/connect.hpp"

#include <charconv>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace parking::peer {
namespace {

using asio::ip::tcp;
using Dialled = std::expected<std::unique_ptr<Stream>, std::string>;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

asio::awaitable<Dialled> dial(std::string host, std::string port) {
  const auto executor = co_await asio::this_coro::executor;
  // A resolver waits its turn on one thread and cannot be interrupted: an address that needs none
  // must not stand behind a name server that is silent.
  boost::system::error_code no_address;
  const auto address = asio::ip::make_address(host, no_address);
  std::uint16_t number = 0;
  const auto [end, fault] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (fault != std::errc{} || end != port.data() + port.size())
    co_return std::unexpected("\"" + port + "\" is no port");
  if (!no_address) {
    tcp::socket socket(executor);
    const auto [error] = co_await socket.async_connect({address, number}, as_result);
    if (error) co_return std::unexpected(error.message());
    co_return make_stream(std::move(socket));
  }
  tcp::resolver resolver(executor);
  const auto [resolve_error, endpoints] = co_await resolver.async_resolve(host, port, as_result);
  if (resolve_error) co_return std::unexpected(resolve_error.message());
  tcp::socket socket(executor);
  const auto [connect_error, endpoint] = co_await asio::async_connect(socket, endpoints, as_result);
  if (connect_error) co_return std::unexpected(connect_error.message());
  co_return make_stream(std::move(socket));
}

}  // namespace

asio::awaitable<Dialled> connect(const std::string& address) {
  using namespace asio::experimental::awaitable_operators;
  const auto colon = address.rfind(':');
  if (colon == std::string::npos) co_return std::unexpected("\"" + address + "\" has no port");
  std::string host = address.substr(0, colon);
  if (host.size() >= 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  asio::steady_timer timer(co_await asio::this_coro::executor, connect_within);
  auto first = co_await (dial(host, address.substr(colon + 1)) || timer.async_wait(as_result));
  if (first.index() == 1) co_return std::unexpected("no answer within 3 s");
  co_return std::move(std::get<0>(first));
}

}  // namespace parking::peer
