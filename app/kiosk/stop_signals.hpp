#pragma once

#include <QObject>
#include <QSocketNotifier>

namespace parking::kiosk {

/// SIGTERM and SIGINT end the event loop with exit status 0. One at a time in a program.
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
