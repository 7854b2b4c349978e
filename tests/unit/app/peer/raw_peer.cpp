#include "tests/unit/app/peer/raw_peer.hpp"

#include <stdexcept>

#include <boost/asio/local/connect_pair.hpp>
#include <boost/asio/write.hpp>

#include "app/wire/convert.hpp"

namespace parking::peer {

using asio::ip::tcp;
using Local = asio::local::stream_protocol;

RawPeer::RawPeer(asio::generic::stream_protocol::socket socket)
    : state_(std::make_shared<State>(std::move(socket))) {
  state_->owner = this;
  read_on(state_);
}

RawPeer::~RawPeer() {
  state_->owner = nullptr;
  hang_up();
}

std::unique_ptr<RawPeer> RawPeer::dial(asio::io_context& io, std::uint16_t port) {
  tcp::socket socket(io);
  socket.connect({asio::ip::address_v4::loopback(), port});
  return std::make_unique<RawPeer>(std::move(socket));
}

std::unique_ptr<RawPeer> RawPeer::dial(asio::io_context& io, const std::filesystem::path& path) {
  Local::socket socket(io);
  socket.connect(Local::endpoint(path.string()));
  return std::make_unique<RawPeer>(std::move(socket));
}

void RawPeer::say(std::string_view bytes) {
  boost::system::error_code ignored;  // the other side may have hung up already
  asio::write(state_->socket, asio::buffer(bytes), ignored);
}

void RawPeer::say_frame(std::string_view payload) {
  say(wire::frame(payload).value());
}

void RawPeer::say(const core::Message& message) {
  say_frame(wire::encode(message));
}

void RawPeer::hang_up() {
  boost::system::error_code ignored;
  state_->socket.close(ignored);
}

std::vector<core::Message> RawPeer::messages() const {
  std::vector<core::Message> found;
  for (const std::string& payload : payloads)
    if (auto message = wire::decode(payload)) found.push_back(std::move(*message));
  return found;
}

void RawPeer::read_on(const std::shared_ptr<State>& state) {
  state->socket.async_read_some(
      asio::buffer(state->buffer), [state](boost::system::error_code error, std::size_t size) {
        if (error) {
          state->ended = true;
          return;
        }
        if (state->owner == nullptr) return;
        if (!state->reader.feed({state->buffer.data(), size}))
          throw std::runtime_error("the code under test sent what is no frame");
        while (auto payload = state->reader.next())
          state->owner->payloads.push_back(std::move(*payload));
        read_on(state);
      });
}

std::pair<std::unique_ptr<Stream>, Local::socket> make_deaf_pair(asio::io_context& io) {
  Local::socket ours(io);
  Local::socket theirs(io);
  asio::local::connect_pair(ours, theirs);
  return {make_stream(std::move(ours)), std::move(theirs)};
}

std::pair<std::unique_ptr<Stream>, std::unique_ptr<RawPeer>> make_pair(asio::io_context& io) {
  auto [ours, theirs] = make_deaf_pair(io);
  return {std::move(ours), std::make_unique<RawPeer>(std::move(theirs))};
}

RawListener::RawListener(asio::io_context& io, std::uint16_t port)
    : acceptor_(io, tcp::endpoint(asio::ip::address_v4::loopback(), port)),
      port_(acceptor_.local_endpoint().port()) {
  accept_on();
}

RawListener::~RawListener() {
  *alive_ = false;
}

void RawListener::accept_on() {
  acceptor_.async_accept(
      [this, alive = alive_](boost::system::error_code error, tcp::socket socket) {
        if (error || !*alive) return;
        peers.push_back(std::make_unique<RawPeer>(std::move(socket)));
        accept_on();
      });
}

}  // namespace parking::peer
