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
  /// `answered` is told each time when a receiver has answered; 0: the first one.
  RawSender(boost::asio::io_context& io, const std::vector<std::uint16_t>& ports,
            std::function<void(std::size_t)> answered);

  /// `bytes` to everybody; `to_first` to the first instead, unless empty. Both must live until they
  /// have arrived.
  void send(const std::string& bytes, const std::string& to_first = {});

private:
  struct Line {
    boost::asio::ip::tcp::socket socket;
    std::string answer = std::string(4096, '\0');
  };
  void await_answer(std::size_t line);

  std::vector<Line> lines_;
  std::function<void(std::size_t)> answered_;
};

/// The other end, in a peer's process.
class RawReceiver {
public:
  using Received = std::function<void(const std::string& message)>;
  RawReceiver(boost::asio::io_context& io, std::uint16_t port, Received received);

  void answer(const std::string& bytes);

private:
  void receive();

  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::ip::tcp::socket socket_;
  Received received_;
  std::string buffer_ = std::string(4096, '\0');
};

}  // namespace parking::bench
