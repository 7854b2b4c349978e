#include "app/kiosk/demo_board.hpp"

#include <QPointer>
#include <utility>

namespace parking::kiosk {

DemoBoard::DemoBoard(RequestSink& sink, QObject* parent) : QObject(parent), sink_(sink) {}

void DemoBoard::setApproach(const QString& lane, bool present) {
  set_sensor(lane, wire::LaneSensor::approach, present);
}

void DemoBoard::setPassage(const QString& lane, bool present) {
  set_sensor(lane, wire::LaneSensor::passage, present);
}

void DemoBoard::allowEntries(bool allowed) {
  send(wire::EntriesRequest{allowed, "demo panel"});
}

void DemoBoard::set_sensor(const QString& lane, wire::LaneSensor sensor, bool present) {
  send(wire::SensorRequest{lane.toStdString(), sensor,
                           present ? core::Presence::present : core::Presence::clear});
}

void DemoBoard::send(wire::LocalRequest request) {
  sink_.send(std::move(request), [self = QPointer(this)](const QString& error) {
    if (!self || self->error_ == error) return;
    self->error_ = error;
    emit self->changed();
  });
}

}  // namespace parking::kiosk
