#include "tests/qml/bench.hpp"

#include <utility>
#include <variant>

#include "tests/qml/situations.hpp"

namespace parking::test {
namespace {

QString in_words(const wire::LocalRequest& request) {
  std::string text = "other";
  if (const auto* sensor = std::get_if<wire::SensorRequest>(&request))
    text = "sensor " + sensor->lane +
           (sensor->sensor == wire::LaneSensor::approach ? " approach " : " passage ") +
           std::string(core::to_string(sensor->presence));
  if (const auto* setup = std::get_if<wire::SetupRequest>(&request))
    text = "setup " + setup->gate_id + " " + setup->listen + " " + setup->discovery;
  if (const auto* entries = std::get_if<wire::EntriesRequest>(&request))
    text = entries->allowed ? "entries allowed" : "entries stopped";
  return QString::fromStdString(text);
}

}  // namespace

kiosk::ScreenModel* Bench::make(const QString& theme, int rotation, const QString& lane) {
  kiosk::Config config;
  config.theme =
      theme == QLatin1String("night") ? kiosk::ThemeChoice::night : kiosk::ThemeChoice::day;
  config.rotation = rotation;
  config.lane = lane.toStdString();
  auto* model = new kiosk::ScreenModel(config, *this);
  QQmlEngine::setObjectOwnership(model, QQmlEngine::JavaScriptOwnership);
  model->set_time(QTime(14, 7));
  return model;
}

void Bench::show(kiosk::ScreenModel* model, const QString& situation) {
  if (situation == QLatin1String("gone")) {
    model->set_link(kiosk::GateLink::State::gone);
    return;
  }
  auto snapshot = quiet_gate();
  const auto found = test::situations().find(situation.toStdString());
  Q_ASSERT(found != test::situations().end());
  found->second(snapshot);
  model->set_snapshot(snapshot);
  model->set_link(kiosk::GateLink::State::connected);
}

void Bench::answer(const QString& error) {
  Q_ASSERT(!waiting_.empty());
  const auto done = std::move(waiting_.front());
  waiting_.pop_front();
  done(error);
}

void Bench::forget() {
  asked_.clear();
  waiting_.clear();
  emit asked_changed();
}

void Bench::send(wire::LocalRequest request, Done done) {
  asked_.append(in_words(request));
  waiting_.push_back(std::move(done));
  emit asked_changed();
}

QStringList Bench::situations() const {
  QStringList names;
  for (const auto& [name, change] : test::situations()) names.append(QString::fromStdString(name));
  return names;
}

}  // namespace parking::test
