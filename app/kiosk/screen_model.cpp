#include "app/kiosk/screen_model.hpp"

#include <QLocale>
#include <utility>

#include "app/kiosk/daylight.hpp"

namespace parking::kiosk {

ScreenModel::ScreenModel(Config config, RequestSink& sink, QObject* parent)
    : QObject(parent), config_(std::move(config)), setup_(sink), demo_(sink) {}

void ScreenModel::set_snapshot(const core::Snapshot& snapshot) {
  const auto before = shown();
  gate_ = snapshot.gate;
  simulated_board_ = snapshot.simulated_board;
  lot_.set(snapshot.lot);
  lanes_.set(snapshot.lanes);
  peers_.set(snapshot.peers);
  if (shown() != before) emit changed();
}

void ScreenModel::set_link(GateLink::State state) {
  if (state == link_) return;
  link_ = state;
  emit changed();
}

void ScreenModel::set_time(QTime time) {
  const auto text = time.toString(QStringLiteral("HH:mm"));
  const bool night = is_night(config_.theme, time);
  if (text == clock_ && night == night_) return;
  clock_ = text;
  night_ = night;
  emit clock_changed();
}

ScreenModel::Page ScreenModel::page() const {
  switch (link_) {
    case GateLink::State::starting:
      return Page::Starting;
    case GateLink::State::gone:
      return Page::GateGone;
    case GateLink::State::connected:
      break;
  }
  return gate_.state == core::GateState::setup ? Page::Setup : Page::DriveUp;
}

instruction::Kind ScreenModel::instruction() const {
  return choose_instruction(gate_.state, lanes_.find(config_.lane), lot_.free_spaces());
}

bool ScreenModel::entries_allowed() const {
  return gate_.state != core::GateState::entries_held;
}

ScreenModel::Shown ScreenModel::shown() const {
  return {page(), instruction(), gate_.id, entries_allowed(), demo_available()};
}

bool ScreenModel::demo_available() const {
  return simulated_board_ && page() == Page::DriveUp;
}

bool ScreenModel::right_to_left() const {
  return QLocale(QString::fromStdString(config_.language)).textDirection() == Qt::RightToLeft;
}

void ScreenModel::set_demo_open(bool open) {
  if (open == demo_open_) return;
  demo_open_ = open;
  emit demo_open_changed();
}

}  // namespace parking::kiosk
