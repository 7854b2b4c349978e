#include "tests/unit/app/kiosk/samples.hpp"

#include <utility>

namespace parking::kiosk {

using namespace std::chrono_literals;

core::Snapshot sample_gate() {
  core::Snapshot gate;
  gate.lot.name = "Riverside";
  gate.lot.capacity = 120;
  gate.lot.free = 82;
  gate.lot.age = 200ms;
  gate.gate.id = "north";
  gate.gate.state = core::GateState::in_service;
  gate.lanes.resize(2);
  gate.lanes[0].name = "in";
  gate.lanes[1].name = "out";
  gate.lanes[1].direction = core::LaneDirection::exit;
  gate.peers = {{"south", "127.0.0.1:7412", core::LinkState::alive, 90ms},
                {"east", "127.0.0.1:7413", core::LinkState::alive, 310ms}};
  return gate;
}

QVariant at(const QAbstractItemModel& model, int row, const QByteArray& role) {
  return model.data(model.index(row, 0), model.roleNames().key(role, -1));
}

void KeptRequests::send(wire::LocalRequest request, Done done) {
  requests.push_back(std::move(request));
  waiting_.push_back(std::move(done));
}

void KeptRequests::answer(const QString& error) {
  const auto done = std::move(waiting_.front());
  waiting_.pop_front();
  done(error);
}

}  // namespace parking::kiosk
