#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "app/core/messages.hpp"
#include "app/peer/stream.hpp"
#include "app/wire/frame.hpp"

namespace parking::peer {

/// The other end of a connection, without any of the code under test but the framing: says what it
/// is told to and keeps what it hears.
class RawPeer {
public:
  explicit RawPeer(asio::generic::stream_protocol::socket socket);
  ~RawPeer();
  RawPeer(const RawPeer&) = delete;
  RawPeer& operator=(const RawPeer&) = delete;

  static std::unique_ptr<RawPeer> dial(asio::io_context& io, std::uint16_t port);
  static std::unique_ptr<RawPeer> dial(asio::io_context& io, const std::filesystem::path& path);

  void say(std::string_view bytes);
  void say_frame(std::string_view payload);
  void say(const core::Message& message);
  void hang_up();

  /// Payloads of the frames that came, in order.
  std::vector<std::string> payloads;
  /// The messages among them.
  [[nodiscard]] std::vector<core::Message> messages() const;
  template <typename Kind>
  [[nodiscard]] std::vector<Kind> heard() const {
    std::vector<Kind> found;
    for (const core::Message& message : messages())
      if (const auto* kind = std::get_if<Kind>(&message)) found.push_back(*kind);
    return found;
  }
  /// The other side has closed.
  [[nodiscard]] bool ended() const { return state_->ended; }

private:
  struct State {
    explicit State(asio::generic::stream_protocol::socket s) : socket(std::move(s)) {}
    asio::generic::stream_protocol::socket socket;
    std::array<char, 4096> buffer{};
    wire::FrameReader reader;
    RawPeer* owner = nullptr;
    bool ended = false;
  };
  static void read_on(const std::shared_ptr<State>& state);

  std::shared_ptr<State> state_;
};

/// A stream and who is at its other end, over a pair of sockets.
std::pair<std::unique_ptr<Stream>, std::unique_ptr<RawPeer>> make_pair(asio::io_context& io);
/// The same with a partner that never reads.
std::pair<std::unique_ptr<Stream>, asio::local::stream_protocol::socket> make_deaf_pair(
    asio::io_context& io);

/// A port of 127.0.0.1 on which everybody is let in.
class RawListener {
public:
  explicit RawListener(asio::io_context& io, std::uint16_t port = 0);
  ~RawListener();
  RawListener(const RawListener&) = delete;
  RawListener& operator=(const RawListener&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  /// All who ever came.
  std::vector<std::unique_ptr<RawPeer>> peers;

private:
  void accept_on();

  asio::ip::tcp::acceptor acceptor_;
  std::uint16_t port_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace parking::peer
