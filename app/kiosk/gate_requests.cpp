#include "app/kiosk/gate_requests.hpp"

#include <utility>

namespace parking::kiosk {
namespace {

/// More than two hands can press while the gate is slow; beyond it something is stuck.
constexpr std::size_t most_waiting = 16;

}  // namespace

GateRequests::GateRequests(const QString& path, std::chrono::milliseconds patience, QObject* parent)
    : QObject(parent), socket_(path) {
  patience_.setSingleShot(true);
  patience_.setInterval(patience);
  connect(&socket_, &FrameSocket::opened, this, &GateRequests::flush);
  connect(&socket_, &FrameSocket::received, this, &GateRequests::read);
  connect(&socket_, &FrameSocket::closed, this,
          [this] { fail_all(tr("The gate program cannot be reached. Try again in a moment.")); });
  connect(&patience_, &QTimer::timeout, this,
          [this] { fail_all(tr("The gate program does not answer. Try again in a moment.")); });
}

void GateRequests::send(wire::LocalRequest request, Done done) {
  if (waiting_.size() == most_waiting) {
    // Queued, because `done` promises to come later.
    QMetaObject::invokeMethod(
        this, [done = std::move(done)] { done(tr("The gate is busy. Try again in a moment.")); },
        Qt::QueuedConnection);
    return;
  }
  waiting_.push_back({std::move(request), std::move(done)});
  if (!patience_.isActive()) patience_.start();
  if (socket_.is_open())
    flush();
  else
    QMetaObject::invokeMethod(&socket_, &FrameSocket::open, Qt::QueuedConnection);
}

void GateRequests::flush() {
  for (; sent_ < waiting_.size(); ++sent_) socket_.send(wire::encode(waiting_[sent_].request));
}

void GateRequests::read(const std::string& payload) {
  const auto reply = wire::decode_local_reply(payload);
  if (!reply || sent_ == 0) {
    fail_all(
        tr("The gate program gave an answer that this screen does not understand. "
           "Install the same version of both."));
    return;
  }
  const auto answered = std::move(waiting_.front());
  waiting_.pop_front();
  --sent_;
  if (waiting_.empty())
    patience_.stop();
  else
    patience_.start();
  answered.done(QString::fromStdString(reply->error));
}

void GateRequests::fail_all(const QString& why) {
  socket_.close();
  patience_.stop();
  sent_ = 0;
  for (const auto& lost : std::exchange(waiting_, {})) lost.done(why);
}

}  // namespace parking::kiosk
