#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace parking::kiosk {

/// Keeps SIGTERM and SIGINT for StopSignals. Call it first of all: Qt starts threads of its own
/// with the application, and a signal ends the program in any thread that does not block it.
void block_stop_signals();

/// SIGTERM and SIGINT end the event loop with exit status 0. Needs `block_stop_signals`.
class StopSignals : public QObject {
  Q_OBJECT

public:
  explicit StopSignals(QObject* parent = nullptr);
  ~StopSignals() override;

private:
  int descriptor_;
  QSocketNotifier notifier_;
};

}  // namespace parking::kiosk
