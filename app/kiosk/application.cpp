#include "app/kiosk/application.hpp"

#include <QFontDatabase>
#include <QGuiApplication>
#include <QSurfaceFormat>
#include <QTime>

#include "systemd/notify.hpp"
#include "systemd/watchdog.hpp"

namespace parking::kiosk {
namespace {

constexpr int clock_period_ms = 1000;

}  // namespace

Application::Application(const Options& options)
    : options_(options),
      requests_(QString::fromStdString(options.config.gate)),
      link_(QString::fromStdString(options.config.gate)),
      model_(options.config, requests_) {
  model_.set_demo_open(options.demo_panel);
  connect_model();
}

void Application::connect_model() {
  connect(&link_, &GateLink::snapshot_received, &model_, &ScreenModel::set_snapshot);
  connect(&link_, &GateLink::state_changed, &model_, [this] { model_.set_link(link_.state()); });
  const auto tick = [this] {
    model_.set_time(QTime::currentTime());
    if (window_ != nullptr && systemd::watchdog_interval()) window_->update();
  };
  connect(&clock_, &QTimer::timeout, &model_, tick);
  tick();
}

bool Application::start() {
  engine_.addImportPath(QStringLiteral("qrc:/"));
  engine_.setInitialProperties({{QStringLiteral("model"), QVariant::fromValue(&model_)}});
  engine_.load(QUrl(QStringLiteral("qrc:/Parking/Screens/Main.qml")));
  if (engine_.rootObjects().isEmpty()) return false;
  window_ = qobject_cast<QQuickWindow*>(engine_.rootObjects().constFirst());
  if (window_ == nullptr) return false;
  start_grabs();
  // Ready once the first picture is on the display.
  connect(
      window_, &QQuickWindow::frameSwapped, this, [] { systemd::notify_ready("showing the gate"); },
      static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
  // A screen that still draws is healthy; under a watchdog the clock asks for a frame each second.
  connect(window_, &QQuickWindow::frameSwapped, this, systemd::watchdog_feeder(),
          Qt::QueuedConnection);
  show();
  clock_.start(clock_period_ms);
  link_.start();
  return true;
}

void Application::start_grabs() {
  if (!options_.grab_dir.empty()) {
    grab_changes_ = std::make_unique<ScreenGrab>(*window_);
    grab_changes_->on_change(QString::fromStdString(options_.grab_dir), options_.grab_every_ms);
  }
  if (options_.grab_file.empty()) return;
  grab_once_ = std::make_unique<ScreenGrab>(*window_);
  connect(grab_once_.get(), &ScreenGrab::done, this, [this](bool written) {
    if (!written) qCritical("cannot write %s", options_.grab_file.c_str());
    QCoreApplication::exit(written ? 0 : 1);
  });
  connect(&link_, &GateLink::snapshot_received, grab_once_.get(),
          [this] { grab_once_->once(QString::fromStdString(options_.grab_file)); });
}

void Application::show() {
  if (!options_.windowed) {
    window_->setCursor(Qt::BlankCursor);
    window_->showFullScreen();
    return;
  }
  window_->resize(options_.size);
  window_->show();
}

void prepare_graphics() {
  // Lines drawn by Qt Quick Shapes have smooth edges on the GPU only with multisampling.
  constexpr int samples = 4;
  auto format = QSurfaceFormat::defaultFormat();
  format.setSamples(samples);
  QSurfaceFormat::setDefaultFormat(format);
}

void choose_font() {
  for (const auto* family : {"Inter Display", "Inter", "DejaVu Sans"}) {
    if (!QFontDatabase::families().contains(QLatin1String(family))) continue;
    QGuiApplication::setFont(QFont(QLatin1String(family)));
    return;
  }
}

}  // namespace parking::kiosk
