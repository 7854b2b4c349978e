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

RawSender::RawSender(asio::io_context& io, const std::vector<std::uint16_t>& ports,
                     std::function<void(std::size_t)> answered)
    : answered_(std::move(answered)) {
  for (const std::uint16_t port : ports) {
    lines_.push_back({.socket = tcp::socket(io)});
    lines_.back().socket.connect(at(port));
    lines_.back().socket.set_option(tcp::no_delay(true));
  }
  for (std::size_t i = 0; i < lines_.size(); ++i) await_answer(i);
}

void RawSender::send(const std::string& bytes, const std::string& to_first) {
  for (Line& line : lines_) {
    const bool first = &line == &lines_.front() && !to_first.empty();
    asio::async_write(line.socket, asio::buffer(first ? to_first : bytes),
                      [](boost::system::error_code error, std::size_t) {
                        if (error) throw std::runtime_error("raw sending: " + error.message());
                      });
  }
}

void RawSender::await_answer(std::size_t line) {
  lines_[line].socket.async_read_some(asio::buffer(lines_[line].answer),
                                      [this, line](boost::system::error_code error, std::size_t) {
                                        if (error) return;
                                        answered_(line);
                                        await_answer(line);
                                      });
}

RawReceiver::RawReceiver(asio::io_context& io, std::uint16_t port, Received received)
    : acceptor_(io, at(port)), socket_(io), received_(std::move(received)) {
  acceptor_.async_accept(socket_, [this](boost::system::error_code error) {
    if (error) return;
    socket_.set_option(tcp::no_delay(true));
    receive();
  });
}

void RawReceiver::answer(const std::string& bytes) {
  boost::system::error_code ignored;  // the sender is gone, and so is this process soon
  asio::write(socket_, asio::buffer(bytes), ignored);
}

void RawReceiver::receive() {
  socket_.async_read_some(asio::buffer(buffer_),
                          [this](boost::system::error_code error, std::size_t size) {
                            if (error) return;
                            received_(buffer_.substr(0, size));
                            receive();
                          });
}

}  // namespace parking::bench
