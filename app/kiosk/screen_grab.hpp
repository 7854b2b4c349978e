#pragma once

#include <QImage>
#include <QObject>
#include <QQuickWindow>
#include <QString>
#include <QTimer>

namespace parking::kiosk {

/// Writes what the window shows to PNG files.
class ScreenGrab : public QObject {
  Q_OBJECT

public:
  explicit ScreenGrab(QQuickWindow& window, QObject* parent = nullptr);

  /// One picture as soon as nothing moves any more, then `done`.
  void once(const QString& file);
  /// screen-0001.png, screen-0002.png, ... in `dir`: looks every `period_ms`, writes changes only.
  void on_change(const QString& dir, int period_ms);

signals:
  /// False: the file could not be written.
  void done(bool written);

private:
  void look();

  QQuickWindow& window_;
  QTimer timer_;
  QImage last_;
  QString file_;
  QString dir_;
  int number_ = 0;
};

}  // namespace parking::kiosk
