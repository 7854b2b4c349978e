#include "app/kiosk/gate_link.hpp"

#include "app/wire/local.hpp"

namespace parking::kiosk {

GateLink::GateLink(const QString& path, LinkTimes times, QObject* parent)
    : QObject(parent), socket_(path) {
  retry_.setSingleShot(true);
  retry_.setInterval(times.retry);
  silence_.setSingleShot(true);
  silence_.setInterval(times.silence);
  silence_.setTimerType(Qt::PreciseTimer);
  connect(&retry_, &QTimer::timeout, &socket_, &FrameSocket::open);
  connect(&socket_, &FrameSocket::opened, this, &GateLink::watch);
  connect(&socket_, &FrameSocket::received, this, &GateLink::read);
  connect(&socket_, &FrameSocket::closed, this, &GateLink::retry_later);
  connect(&silence_, &QTimer::timeout, this, [this] {
    set_state(State::gone);
    // A gate that hangs keeps its socket open: only a new connection finds its successor.
    socket_.close();
    retry_later();
  });
}

void GateLink::start() {
  silence_.start();
  socket_.open();
}

void GateLink::watch() {
  // Once gone, a gate that comes back late in the round still has the whole time for its answer.
  if (state_ == State::gone) silence_.start();
  socket_.send(wire::encode(wire::LocalRequest{wire::WatchRequest{}}));
}

void GateLink::read(const std::string& payload) {
  const auto reply = wire::decode_local_reply(payload);
  if (!reply || !reply->snapshot) {
    socket_.close();
    retry_later();
    return;
  }
  silence_.start();
  emit snapshot_received(*reply->snapshot);
  set_state(State::connected);
}

void GateLink::retry_later() {
  if (!retry_.isActive()) retry_.start();
  // A connected gate that never says anything must be left as well.
  if (!silence_.isActive()) silence_.start();
}

void GateLink::set_state(State state) {
  if (state == state_) return;
  state_ = state;
  emit state_changed();
}

}  // namespace parking::kiosk
