#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <chrono>
#include <deque>
#include <functional>

#include "app/kiosk/frame_socket.hpp"
#include "app/wire/local.hpp"

namespace parking::kiosk {

/// Where the pages' buttons send what they ask of the gate.
class RequestSink {
public:
  /// Empty text: done. Otherwise why not, in words for the screen.
  using Done = std::function<void(const QString& error)>;

  RequestSink() = default;
  RequestSink(const RequestSink&) = delete;
  RequestSink& operator=(const RequestSink&) = delete;
  virtual ~RequestSink() = default;
  /// `done` is called once, later, or never when the sink is destroyed first.
  virtual void send(wire::LocalRequest request, Done done) = 0;
};

/// The second connection to the gate: requests, answered in order. It is opened by the first
/// request; the watching connection takes none.
class GateRequests : public QObject, public RequestSink {
  Q_OBJECT

public:
  explicit GateRequests(const QString& path,
                        std::chrono::milliseconds patience = std::chrono::seconds(3),
                        QObject* parent = nullptr);

  void send(wire::LocalRequest request, Done done) override;

private:
  struct Waiting {
    wire::LocalRequest request;
    Done done;
  };

  void flush();
  void read(const std::string& payload);
  void fail_all(const QString& why);

  FrameSocket socket_;
  QTimer patience_;
  std::deque<Waiting> waiting_;  ///< the first `sent_` of them are on their way
  std::size_t sent_ = 0;
};

}  // namespace parking::kiosk
