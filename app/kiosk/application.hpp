#pragma once

#include <QObject>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTimer>
#include <memory>

#include "app/kiosk/gate_link.hpp"
#include "app/kiosk/gate_requests.hpp"
#include "app/kiosk/options.hpp"
#include "app/kiosk/screen_grab.hpp"
#include "app/kiosk/screen_model.hpp"

namespace parking::kiosk {

/// The program, put together: the links to the gate, the model, the window. Needs a
/// QGuiApplication.
class Application : public QObject {
  Q_OBJECT

public:
  explicit Application(const Options& options);

  /// False: the screens could not be loaded.
  bool start();

private:
  void connect_model();
  void start_grabs();
  void show();

  Options options_;
  GateRequests requests_;
  GateLink link_;
  ScreenModel model_;
  QTimer clock_;
  QQmlApplicationEngine engine_;
  QQuickWindow* window_ = nullptr;
  std::unique_ptr<ScreenGrab> grab_once_;
  std::unique_ptr<ScreenGrab> grab_changes_;
};

/// What must be set before the first QGuiApplication.
void prepare_graphics();

/// The typeface of the screens, or the system's when it is not installed.
void choose_font();

}  // namespace parking::kiosk
