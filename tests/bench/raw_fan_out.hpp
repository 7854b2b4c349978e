#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace parking::bench {

/// The baseline of everything that is sent to all peers: the same number of bytes to the same
/// processes, by Asio's own functions alone. One message is on its way at a time, so what arrives
/// needs no frame.
class RawSender {
public:
  RawSender(boost::asio::io_context& io, const std::vector<std::uint16_t>& ports);

  /// `bytes` to everybody; `to_first` to the first instead, unless empty. Both must live until they
  /// have arrived.
  void send(const std::string& bytes, const std::string& to_first = {});
  /// Calls `answered` when the first one has answered.
  void await_first(std::function<void()> answered);

private:
  std::vector<boost::asio::ip::tcp::socket> sockets_;
  std::string answer_ = std::string(4096, '\0');
};

/// The other end, in a peer's process.
class RawReceiver {
public:
  /// `received` sees each message, and says what to answer; empty: nothing.
  RawReceiver(boost::asio::io_context& io, std::uint16_t port,
              std::function<std::string(const std::string&)> received);

private:
  void receive();

  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::ip::tcp::socket socket_;
  std::function<std::string(const std::string&)> received_;
  std::string buffer_ = std::string(4096, '\0');
};

}  // namespace parking::bench
