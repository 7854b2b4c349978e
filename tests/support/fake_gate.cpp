#include "tests/support/fake_gate.hpp"

#include <QLocalSocket>
#include <algorithm>
#include <variant>

namespace parking::test_support {
namespace {

void send(QLocalSocket& socket, const wire::LocalReply& reply) {
  const auto bytes = wire::frame(wire::encode(reply)).value();
  socket.write(bytes.data(), static_cast<qint64>(bytes.size()));
  socket.flush();
}

}  // namespace

FakeGate::~FakeGate() {
  stop();
}

void FakeGate::start() {
  QLocalServer::removeServer(path_);
  if (!server_.listen(path_)) qFatal("%s", qPrintable(server_.errorString()));
  connect(&server_, &QLocalServer::newConnection, this, &FakeGate::greet, Qt::UniqueConnection);
}

void FakeGate::stop() {
  server_.close();
  for (const auto& caller : callers_) {
    caller->socket->disconnect(this);
    caller->socket->abort();
    caller->socket->deleteLater();
  }
  callers_.clear();
}

void FakeGate::say(const core::Snapshot& snapshot) {
  wire::LocalReply reply;
  reply.snapshot = snapshot;
  for (const auto& caller : callers_)
    if (caller->watches) send(*caller->socket, reply);
}

void FakeGate::answer(const wire::LocalReply& reply) {
  for (const auto& caller : callers_)
    if (!caller->watches) send(*caller->socket, reply);
}

void FakeGate::say_bytes(const QByteArray& bytes) {
  for (const auto& caller : callers_) {
    caller->socket->write(bytes);
    caller->socket->flush();
  }
}

std::size_t FakeGate::watchers() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(callers_, [](const auto& caller) { return caller->watches; }));
}

void FakeGate::greet() {
  while (auto* socket = server_.nextPendingConnection()) {
    ++calls_;
    callers_.push_back(std::make_unique<Caller>(Caller{socket, {}, false}));
    auto* caller = callers_.back().get();
    connect(socket, &QLocalSocket::readyRead, this, [this, caller] { read(*caller); });
    connect(socket, &QLocalSocket::disconnected, this, [this, socket] { forget(socket); });
  }
}

void FakeGate::read(Caller& caller) {
  const auto bytes = caller.socket->readAll().toStdString();
  if (!caller.reader.feed(bytes)) qFatal("the screen sent what is no frame");
  while (const auto payload = caller.reader.next()) {
    const auto request = wire::decode_local_request(*payload);
    if (!request) qFatal("the screen sent what is no request");
    if (std::holds_alternative<wire::WatchRequest>(*request))
      caller.watches = true;
    else
      requests_.push_back(*request);
  }
}

void FakeGate::forget(const QLocalSocket* socket) {
  std::erase_if(callers_, [&](const auto& caller) {
    if (caller->socket != socket) return false;
    caller->socket->deleteLater();
    return true;
  });
}

}  // namespace parking::test_support
