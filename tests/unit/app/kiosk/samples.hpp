#pragma once

#include <QAbstractItemModel>
#include <QByteArray>
#include <QString>
#include <QVariant>
#include <deque>

#include "app/core/snapshot.hpp"
#include "app/kiosk/gate_requests.hpp"

namespace parking::kiosk {

/// A gate in service of a lot with 82 of 120 spaces free, one entry "in" and one exit "out".
core::Snapshot sample_gate();

/// What a row of the model holds in the role of this name.
QVariant at(const QAbstractItemModel& model, int row, const QByteArray& role);

/// Keeps what is asked of a gate until the test answers.
class KeptRequests : public RequestSink {
public:
  void send(wire::LocalRequest request, Done done) override;
  /// The oldest that is not answered yet.
  void answer(const QString& error);

  std::deque<wire::LocalRequest> requests;

private:
  std::deque<Done> waiting_;
};

}  // namespace parking::kiosk
