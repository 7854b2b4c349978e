#pragma once

#include <expected>
#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>

namespace parking::peer {

namespace asio = boost::asio;

using IoResult = std::expected<void, boost::system::error_code>;
using SizeResult = std::expected<std::size_t, boost::system::error_code>;

/// A two-way stream of bytes. What protects it (nothing, TLS) is the implementation's affair.
class Stream {
public:
  Stream() = default;
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  virtual ~Stream() = default;

  /// Waits for at least one byte and reads what there is, up to the whole buffer.
  virtual asio::awaitable<SizeResult> read_some(asio::mutable_buffer buffer) = 0;
  virtual asio::awaitable<IoResult> write(asio::const_buffer buffer) = 0;
  /// Writes what can leave without waiting, and says how many bytes that were. An error counts as
  /// nothing: the next `write` meets it again. Not while a `write` is under way.
  virtual std::size_t write_now(asio::const_buffer buffer) = 0;
  /// Ends both directions; pending operations fail.
  virtual void close() = 0;
  [[nodiscard]] virtual asio::any_io_executor executor() = 0;
  /// Who is at the other end, for the log.
  [[nodiscard]] virtual std::string remote() const = 0;
};

std::unique_ptr<Stream> make_stream(asio::ip::tcp::socket socket);
std::unique_ptr<Stream> make_stream(asio::local::stream_protocol::socket socket);

}  // namespace parking::peer
