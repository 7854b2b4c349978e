#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>

#include "app/core/snapshot.hpp"
#include "app/kiosk/frame_socket.hpp"

namespace parking::kiosk {

struct LinkTimes {
  std::chrono::milliseconds retry{500};
  /// The gate sends at least once a second and the screen must say within 2 s that it is gone.
  std::chrono::milliseconds silence{1600};
};

/// Watches one gate: a snapshot on every change, and whether the gate is there at all.
class GateLink : public QObject {
  Q_OBJECT

public:
  enum class State {
    starting,   ///< nothing heard yet, and not yet too late
    connected,  ///< heard within LinkTimes::silence
    gone
  };

  explicit GateLink(const QString& path, LinkTimes times = {}, QObject* parent = nullptr);

  void start();
  [[nodiscard]] State state() const { return state_; }

signals:
  void snapshot_received(const parking::core::Snapshot& snapshot);
  void state_changed();

private:
  void watch();
  void read(const std::string& payload);
  void retry_later();
  void set_state(State state);

  FrameSocket socket_;
  QTimer retry_;
  QTimer silence_;
  State state_ = State::starting;
};

}  // namespace parking::kiosk
