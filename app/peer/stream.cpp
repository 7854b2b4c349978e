#include "app/peer/stream.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace parking::peer {
namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

IoResult result_of(boost::system::error_code error) {
  if (error) return std::unexpected(error);
  return {};
}

std::string describe(const asio::ip::tcp::socket& socket) {
  boost::system::error_code error;
  const auto remote = socket.remote_endpoint(error);
  if (error) return "unknown";
  const std::string host = remote.address().to_string();
  const std::string port = std::to_string(remote.port());
  return remote.address().is_v6() ? "[" + host + "]:" + port : host + ":" + port;
}

std::string describe(const asio::local::stream_protocol::socket&) {
  return "local";
}

template <typename Socket>
class SocketStream final : public Stream {
public:
  explicit SocketStream(Socket socket) : socket_(std::move(socket)), remote_(describe(socket_)) {
    boost::system::error_code ignored;  // whatever ails the socket is met at the first read
    socket_.non_blocking(true, ignored);
  }

  asio::awaitable<SizeResult> read_some(asio::mutable_buffer buffer) override {
    const auto [error, size] = co_await socket_.async_read_some(buffer, as_result);
    if (error) co_return std::unexpected(error);
    co_return size;
  }

  asio::awaitable<IoResult> write(asio::const_buffer buffer) override {
    const auto [error, size] = co_await asio::async_write(socket_, buffer, as_result);
    co_return result_of(error);
  }

  std::size_t write_now(asio::const_buffer buffer) override {
    boost::system::error_code error;
    return socket_.non_blocking() ? socket_.write_some(buffer, error) : 0;
  }

  void close() override {
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

  asio::any_io_executor executor() override { return socket_.get_executor(); }
  [[nodiscard]] std::string remote() const override { return remote_; }

private:
  Socket socket_;
  std::string remote_;
};

}  // namespace

std::unique_ptr<Stream> make_stream(asio::ip::tcp::socket socket) {
  boost::system::error_code ignored;
  // Messages are small and each is awaited: never hold one back to fill a packet.
  socket.set_option(asio::ip::tcp::no_delay(true), ignored);
  return std::make_unique<SocketStream<asio::ip::tcp::socket>>(std::move(socket));
}

std::unique_ptr<Stream> make_stream(asio::local::stream_protocol::socket socket) {
  return std::make_unique<SocketStream<asio::local::stream_protocol::socket>>(std::move(socket));
}

}  // namespace parking::peer
