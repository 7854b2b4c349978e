#include <QDir>
#include <QQmlEngine>

#include <QtQml/qqmlextensionplugin.h>
#include <QtQuickTest/quicktest.h>

#include "app/kiosk/application.hpp"
#include "tests/qml/bench.hpp"

Q_IMPORT_QML_PLUGIN(Parking_KioskPlugin)
Q_IMPORT_QML_PLUGIN(Parking_ScreensPlugin)

namespace parking::test {

class ScreensSetup : public QObject {
  Q_OBJECT

public slots:
  void applicationAvailable() { kiosk::choose_font(); }

  void qmlEngineAvailable(QQmlEngine* engine) {
    QDir().mkpath(QStringLiteral(PICTURE_DIR));
    engine->addImportPath(QStringLiteral("qrc:/"));
    qmlRegisterSingletonInstance("Parking.Testing", 1, 0, "Bench", &bench_);
  }

private:
  Bench bench_{QStringLiteral(PICTURE_DIR)};
};

}  // namespace parking::test

int main(int argc, char** argv) {
  // No display, and the same picture on every machine; whoever wants to watch sets their own.
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  if (qEnvironmentVariableIsEmpty("QT_QUICK_BACKEND")) qputenv("QT_QUICK_BACKEND", "software");
  QTEST_SET_MAIN_SOURCE_PATH
  parking::test::ScreensSetup setup;
  return quick_test_main_with_setup(argc, argv, "qml_tests", QUICK_TEST_SOURCE_DIR, &setup);
}

#include "main.moc"
