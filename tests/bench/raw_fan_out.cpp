#include "tests/bench/raw_fan_out.hpp"

#include <stdexcept>
#include <utility>

#include <boost/asio/write.hpp>

namespace parking::bench {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

tcp::endpoint at(std::uint16_t port) {
  return {asio::ip::address_v4::loopback(), port};
}

}  // namespace

RawSender::RawSender(asio::io_context& io, const std::vector<std::uint16_t>& ports) {
  for (const std::uint16_t port : ports) {
    sockets_.emplace_back(io).connect(at(port));
    sockets_.back().set_option(tcp::no_delay(true));
  }
}

void RawSender::send(const std::string& bytes, const std::string& to_first) {
  for (tcp::socket& socket : sockets_) {
    const bool first = &socket == &sockets_.front() && !to_first.empty();
    asio::async_write(socket, asio::buffer(first ? to_first : bytes),
                      [](boost::system::error_code error, std::size_t) {
                        if (error) throw std::runtime_error("raw sending: " + error.message());
                      });
  }
}

void RawSender::await_first(std::function<void()> answered) {
  sockets_.front().async_read_some(
      asio::buffer(answer_),
      [answered = std::move(answered)](boost::system::error_code error, std::size_t) {
        if (error) throw std::runtime_error("raw answer: " + error.message());
        answered();
      });
}

RawReceiver::RawReceiver(asio::io_context& io, std::uint16_t port,
                         std::function<std::string(const std::string&)> received)
    : acceptor_(io, at(port)), socket_(io), received_(std::move(received)) {
  acceptor_.async_accept(socket_, [this](boost::system::error_code error) {
    if (error) return;
    socket_.set_option(tcp::no_delay(true));
    receive();
  });
}

void RawReceiver::receive() {
  socket_.async_read_some(asio::buffer(buffer_),
                          [this](boost::system::error_code error, std::size_t size) {
                            if (error) return;
                            const std::string answer = received_(buffer_.substr(0, size));
                            if (!answer.empty()) asio::write(socket_, asio::buffer(answer), error);
                            receive();
                          });
}

}  // namespace parking::bench
