#include "app/peer/local_server.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>

#include "app/peer/accept.hpp"
#include "app/peer/session.hpp"
#include "app/peer/spawn.hpp"

namespace parking::peer {
namespace {

using Protocol = asio::local::stream_protocol;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

/// Whether some program listens on the socket file, be it too busy to answer.
bool is_alive(const asio::any_io_executor& executor, const std::filesystem::path& path) {
  Protocol::socket probe(executor);
  boost::system::error_code error;
  probe.open(Protocol(), error);
  if (!error) probe.non_blocking(true, error);
  if (!error) probe.connect(Protocol::endpoint(path.string()), error);
  return !error || error == asio::error::would_block || error == asio::error::in_progress;
}

}  // namespace

struct LocalServer::State {
  Protocol::acceptor acceptor;
  std::filesystem::path path;
  Hooks hooks;
  LocalTimes times;
  asio::steady_timer timer;
  std::set<std::shared_ptr<Session>> sessions;
  std::set<std::shared_ptr<Session>> watchers;
  std::chrono::steady_clock::time_point told = std::chrono::steady_clock::now();
  bool changed = false;
  bool stopped = false;

  void tell_watchers() {
    told = std::chrono::steady_clock::now();
    changed = false;
    if (watchers.empty()) return;
    wire::LocalReply reply;
    reply.snapshot = hooks.snapshot();
    const std::string payload = wire::encode(reply);
    const auto now_watching = watchers;  // sending may close one
    // Who has not taken the last picture needs a newer one later, not both.
    for (const auto& watcher : now_watching)
      if (watcher->has_sent_all()) watcher->send(payload);
  }

  void received(const std::shared_ptr<Session>& session, const std::string& payload) {
    const auto request = wire::decode_local_request(payload);
    if (!request) {
      wire::LocalReply refusal;
      refusal.error = "this request cannot be understood: " + request.error().text;
      session->send(wire::encode(refusal));
      session->close(request.error().text);
      return;
    }
    if (std::holds_alternative<wire::WatchRequest>(*request)) {
      watchers.insert(session);
      wire::LocalReply reply;
      reply.snapshot = hooks.snapshot();
      session->send(wire::encode(reply));
      return;
    }
    hooks.answer(*request, [weak = std::weak_ptr(session)](const wire::LocalReply& reply) {
      if (const auto self = weak.lock()) self->send(wire::encode(reply));
    });
  }

  static void accepted(const std::shared_ptr<State>& state, Protocol::socket socket) {
    const auto session = Session::create(make_stream(std::move(socket)));
    if (state->sessions.size() >= max_connections) {
      session->close("too many local connections");
      return;
    }
    state->sessions.insert(session);
    const std::weak_ptr<Session> weak = session;
    session->start({.received =
                        [state, weak](const std::string& payload) {
                          if (const auto self = weak.lock()) state->received(self, payload);
                        },
                    .closed =
                        [state, weak](const std::string&) {
                          const auto self = weak.lock();
                          state->sessions.erase(self);
                          state->watchers.erase(self);
                        }});
  }

  static asio::awaitable<void> tell_regularly(std::shared_ptr<State> state) {
    while (!state->stopped) {
      const auto gap = [&] {
        return state->changed ? state->times.least_gap : state->times.longest_gap;
      };
      state->timer.expires_at(state->told + gap());
      co_await state->timer.async_wait(as_result);
      if (state->stopped) co_return;
      if (std::chrono::steady_clock::now() >= state->told + gap()) state->tell_watchers();
    }
  }
};

std::expected<std::unique_ptr<LocalServer>, std::string> LocalServer::listen(
    const asio::any_io_executor& executor, const std::filesystem::path& path, Hooks hooks,
    LocalTimes times) {
  const auto failed = [&](const std::string& why) {
    return std::unexpected("cannot listen on " + path.string() + ": " + why);
  };
  if (path.string().size() >= 108) return failed("the path is longer than 107 characters");
  if (is_alive(executor, path)) return failed("another program answers there; stop it first");
  std::error_code file_error;
  std::filesystem::create_directories(path.parent_path(), file_error);
  if (std::filesystem::is_socket(path, file_error)) std::filesystem::remove(path, file_error);
  if (std::filesystem::exists(path, file_error))
    return failed("it is not a socket of this program, or this user may not replace it");
  boost::system::error_code error;
  Protocol::acceptor acceptor(executor);
  acceptor.open(Protocol(), error);
  if (!error) acceptor.bind(Protocol::endpoint(path.string()), error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return failed(error.message());
  using std::filesystem::perms;
  std::filesystem::permissions(
      path, perms::owner_read | perms::owner_write | perms::group_read | perms::group_write,
      file_error);
  auto state = std::make_shared<State>(State{.acceptor = std::move(acceptor),
                                             .path = path,
                                             .hooks = std::move(hooks),
                                             .times = times,
                                             .timer = asio::steady_timer(executor)});
  const auto stopped = [](const std::string& text) {
    spdlog::error("the local socket stopped: {}", text);
  };
  spawn(executor, accept_all(state, &State::accepted), stopped);
  spawn(executor, State::tell_regularly(state), stopped);
  return std::unique_ptr<LocalServer>(new LocalServer(std::move(state)));
}

LocalServer::LocalServer(std::shared_ptr<State> state) : state_(std::move(state)) {}

LocalServer::~LocalServer() {
  state_->stopped = true;
  boost::system::error_code ignored;
  state_->acceptor.close(ignored);
  state_->timer.cancel();
  const auto sessions = std::exchange(state_->sessions, {});
  state_->watchers.clear();
  for (const auto& session : sessions) session->close("stopping");
  state_->hooks = {};
  std::error_code file_error;
  std::filesystem::remove(state_->path, file_error);
}

bool LocalServer::has_sent_all() const {
  return std::ranges::all_of(state_->sessions,
                             [](const auto& session) { return session->has_sent_all(); });
}

void LocalServer::changed() {
  if (std::exchange(state_->changed, true)) return;
  state_->timer.cancel();
}

}  // namespace parking::peer
