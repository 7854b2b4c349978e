#include "app/kiosk/frame_socket.hpp"

#include <utility>

namespace parking::kiosk {

FrameSocket::FrameSocket(QString path, QObject* parent) : QObject(parent), path_(std::move(path)) {
  connect(&socket_, &QLocalSocket::connected, this, &FrameSocket::opened);
  connect(&socket_, &QLocalSocket::readyRead, this, &FrameSocket::read);
  connect(&socket_, &QLocalSocket::disconnected, this, &FrameSocket::fail);
  // A connection that was never made has no `disconnected`.
  connect(&socket_, &QLocalSocket::errorOccurred, this, [this] {
    if (socket_.state() != QLocalSocket::ConnectedState) fail();
  });
}

FrameSocket::~FrameSocket() {
  close();
}

void FrameSocket::open() {
  if (socket_.state() != QLocalSocket::UnconnectedState) return;
  reader_ = {};
  socket_.connectToServer(path_);
}

void FrameSocket::close() {
  const QSignalBlocker quiet(socket_);
  socket_.abort();
}

bool FrameSocket::is_open() const {
  return socket_.state() == QLocalSocket::ConnectedState;
}

void FrameSocket::send(std::string_view payload) {
  const auto bytes = wire::frame(payload);
  Q_ASSERT(bytes.has_value());
  if (bytes && is_open()) socket_.write(bytes->data(), static_cast<qint64>(bytes->size()));
}

void FrameSocket::read() {
  const QByteArray bytes = socket_.readAll();
  const auto fed =
      reader_.feed(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
  while (is_open()) {
    const auto payload = reader_.next();
    if (!payload) break;
    emit received(*payload);
  }
  // Whoever closes it while receiving knows already.
  if (!fed && is_open()) fail();
}

void FrameSocket::fail() {
  close();
  emit closed();
}

}  // namespace parking::kiosk
