#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/ip/tcp.hpp>

#include "app/peer/stream.hpp"

namespace parking::peer {

/// Listens for peers and hands each connection to `accepted`.
class Server {
public:
  using Accepted = std::function<void(std::unique_ptr<Stream>)>;

  /// Error: why the address cannot be listened on, and what to do.
  static std::expected<std::unique_ptr<Server>, std::string> listen(
      const asio::any_io_executor& executor, const std::string& host, std::uint16_t port,
      Accepted accepted);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;

private:
  struct State;
  explicit Server(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

}  // namespace parking::peer
