#pragma once

#include <QLocalSocket>
#include <QObject>
#include <string>
#include <string_view>

#include "app/wire/frame.hpp"

namespace parking::kiosk {

/// One connection to the gate's local socket that speaks in frames.
class FrameSocket : public QObject {
  Q_OBJECT

public:
  explicit FrameSocket(QString path, QObject* parent = nullptr);
  /// As silent as `close`: whoever listens may be half gone already.
  ~FrameSocket() override;

  /// Does nothing while connecting or connected.
  void open();
  /// Silent: `closed` is not emitted for it.
  void close();
  [[nodiscard]] bool is_open() const;

  /// `payload` must be within wire::max_payload_size, which all our own requests are.
  void send(std::string_view payload);

signals:
  void opened();
  void received(const std::string& payload);
  /// The connection could not be made, has ended, or sent what is no frame.
  void closed();

private:
  void read();
  void fail();

  QString path_;
  QLocalSocket socket_;
  wire::FrameReader reader_;
};

}  // namespace parking::kiosk
