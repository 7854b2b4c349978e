#include <QGuiApplication>

#include <QtQml/qqmlextensionplugin.h>
#include <gmock/gmock.h>

Q_IMPORT_QML_PLUGIN(Parking_KioskPlugin)
Q_IMPORT_QML_PLUGIN(Parking_ScreensPlugin)

// GoogleTest's own main has no event loop, and these tests draw without a display.
int main(int argc, char** argv) {
  testing::InitGoogleMock(&argc, argv);
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  if (qEnvironmentVariableIsEmpty("QT_QUICK_BACKEND")) qputenv("QT_QUICK_BACKEND", "software");
  const QGuiApplication application(argc, argv);
  return RUN_ALL_TESTS();
}
