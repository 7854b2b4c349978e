#include <QGuiApplication>
#include <cstdio>

#include <QtQml/qqmlextensionplugin.h>

#include "app/kiosk/application.hpp"
#include "app/kiosk/options.hpp"
#include "app/kiosk/stop_signals.hpp"

Q_IMPORT_QML_PLUGIN(Parking_KioskPlugin)
Q_IMPORT_QML_PLUGIN(Parking_ScreensPlugin)

int main(int argc, char** argv) {
  using namespace parking::kiosk;
  const auto options = parse_options(argc, argv, PARKING_VERSION);
  if (!options) {
    std::fputs(options.error().out.c_str(), stdout);
    std::fputs(options.error().err.c_str(), stderr);
    return options.error().status;
  }
  block_stop_signals();
  prepare_graphics();
  int qt_argc = 1;  // our own arguments are none of Qt's business
  QGuiApplication gui(qt_argc, argv);
  choose_font();
  const StopSignals stop;
  Application application(*options);
  return application.start() ? QGuiApplication::exec() : 1;
}
