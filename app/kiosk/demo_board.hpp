#pragma once

#include <QObject>
#include <QString>

#include <QtQml/qqmlregistration.h>

#include "app/kiosk/gate_requests.hpp"

namespace parking::kiosk {

/// The demo panel's buttons: sensors of the simulated board, and entries on and off.
class DemoBoard : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("Part of ScreenModel")
  /// Why the gate did not do the last thing asked of it; empty when it did.
  Q_PROPERTY(QString error READ error NOTIFY changed)

public:
  /// `sink` must outlive the board.
  explicit DemoBoard(RequestSink& sink, QObject* parent = nullptr);

  [[nodiscard]] QString error() const { return error_; }

  Q_INVOKABLE void setApproach(const QString& lane, bool present);
  Q_INVOKABLE void setPassage(const QString& lane, bool present);
  Q_INVOKABLE void allowEntries(bool allowed);

signals:
  void changed();

private:
  void set_sensor(const QString& lane, wire::LaneSensor sensor, bool present);
  void send(wire::LocalRequest request);

  RequestSink& sink_;
  QString error_;
};

}  // namespace parking::kiosk
