#include "app/ctl/link.hpp"

#include <array>
#include <csignal>
#include <optional>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/write.hpp>

#include "app/wire/frame.hpp"

namespace parking::ctl {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

std::string sentence(error_code error) {
  if (error == asio::error::eof || error == asio::error::connection_reset ||
      error == asio::error::broken_pipe)
    return "closed the connection; see the program's log (journalctl)";
  if (error == asio::error::access_denied) return "may not be used by you; try it with sudo";
  if (error == boost::system::errc::no_such_file_or_directory)
    return "is not there; start the program, or name its socket with --socket PATH";
  if (error == asio::error::connection_refused) return "has nobody listening; start the program";
  return "cannot be used: " + error.message();
}

}  // namespace

struct Link::State {
  State(std::string socket_name, std::chrono::milliseconds longest_wait)
      : name(std::move(socket_name)), patience(longest_wait) {}

  std::string name;
  std::chrono::milliseconds patience;
  asio::io_context io{1};
  asio::local::stream_protocol::socket socket{io};
  asio::signal_set signals{io};
  bool stopped = false;

  /// Starts an operation and runs it to its end, or to `end`.
  template <typename Start>
  std::expected<void, LinkFailure> run(std::chrono::steady_clock::time_point end, Start start) {
    std::optional<error_code> result;
    start([&result](error_code error, auto&&...) { result = error; });
    io.restart();
    while (!result && !stopped && io.run_one_until(end) > 0) {
    }
    if (!result) {
      // The operation refers to `result`: it ends here, whatever happens next.
      const bool by_operator = stopped;
      error_code ignored;
      socket.close(ignored);
      signals.cancel(ignored);
      io.restart();
      io.run();
      if (by_operator) return std::unexpected(LinkFailure{"stopped", true});
      return failure("gives no answer within " + std::to_string(patience.count()) +
                     " ms; is the program hanging? See its log (journalctl)");
    }
    if (*result) return failure(sentence(*result));
    return {};
  }

  [[nodiscard]] std::unexpected<LinkFailure> failure(const std::string& text) const {
    return std::unexpected(LinkFailure{name + " " + text});
  }
};

Link::Link(std::unique_ptr<State> state) : state_(std::move(state)) {}
Link::Link(Link&&) noexcept = default;
Link& Link::operator=(Link&&) noexcept = default;
Link::~Link() = default;

std::expected<Link, LinkFailure> Link::connect(const std::filesystem::path& socket,
                                               std::chrono::milliseconds patience) {
  const auto name = socket.string();
  // asio throws on a path that does not fit an address.
  constexpr std::size_t longest = 107;
  if (name.size() > longest)
    return std::unexpected(LinkFailure{name + " is longer than a socket's path can be"});
  Link link(std::make_unique<State>(name, patience));
  State& state = *link.state_;
  const asio::local::stream_protocol::endpoint endpoint(name);
  const auto connected = state.run(std::chrono::steady_clock::now() + patience,
                                   [&](auto done) { state.socket.async_connect(endpoint, done); });
  if (!connected) return std::unexpected(connected.error());
  return link;
}

std::expected<void, LinkFailure> Link::send(const wire::LocalRequest& request) {
  const auto bytes = wire::frame(wire::encode(request));
  if (!bytes) return state_->failure("was not asked: " + bytes.error().text);
  return state_->run(std::chrono::steady_clock::now() + state_->patience, [&](auto done) {
    asio::async_write(state_->socket, asio::buffer(*bytes), done);
  });
}

std::expected<wire::LocalReply, LinkFailure> Link::receive() {
  const auto end = std::chrono::steady_clock::now() + state_->patience;
  std::array<std::uint8_t, wire::frame_header_size> header{};
  const auto read = [&](auto buffer) {
    return state_->run(end, [&](auto done) { asio::async_read(state_->socket, buffer, done); });
  };
  if (auto got = read(asio::buffer(header)); !got) return std::unexpected(got.error());
  const auto size = wire::payload_size(header);
  if (!size) return state_->failure("does not speak our language: " + size.error().text);
  std::string payload(*size, '\0');
  if (auto got = read(asio::buffer(payload)); !got) return std::unexpected(got.error());
  auto reply = wire::decode_local_reply(payload);
  if (!reply) return state_->failure("does not speak our language: " + reply.error().text);
  return *std::move(reply);
}

void Link::end_on_signals() {
  error_code ignored;
  state_->signals.add(SIGINT, ignored);
  state_->signals.add(SIGTERM, ignored);
  state_->signals.async_wait([state = state_.get()](error_code error, int) {
    if (!error) state->stopped = true;
  });
}

}  // namespace parking::ctl
