#pragma once

#include <QByteArray>
#include <QLocalServer>
#include <QObject>
#include <QString>
#include <memory>
#include <utility>
#include <vector>

#include "app/wire/frame.hpp"
#include "app/wire/local.hpp"

class QLocalSocket;

namespace parking::test_support {

/// The local socket of a gate without the gate: it notes what it is asked, and says what the test
/// has it say. Lives in the test's own event loop.
class FakeGate : public QObject {
public:
  explicit FakeGate(QString path) : path_(std::move(path)) {}
  ~FakeGate() override;

  /// Takes connections until `stop`, which ends those that there are.
  void start();
  void stop();

  /// To everyone who watches.
  void say(const core::Snapshot& snapshot);
  void answer(const wire::LocalReply& reply);
  /// To everyone who is connected, as it is.
  void say_bytes(const QByteArray& bytes);

  /// How many connections are open, and how many there have ever been.
  [[nodiscard]] std::size_t callers() const { return callers_.size(); }
  [[nodiscard]] int calls() const { return calls_; }
  [[nodiscard]] std::size_t watchers() const;
  /// All but WatchRequests, in the order of their coming.
  [[nodiscard]] const std::vector<wire::LocalRequest>& requests() const { return requests_; }

private:
  struct Caller {
    QLocalSocket* socket;  ///< the server's child
    wire::FrameReader reader;
    bool watches = false;
  };

  void greet();
  void read(Caller& caller);
  void forget(const QLocalSocket* socket);

  QString path_;
  QLocalServer server_;
  std::vector<std::unique_ptr<Caller>> callers_;
  std::vector<wire::LocalRequest> requests_;
  int calls_ = 0;
};

}  // namespace parking::test_support
