#include "app/kiosk/screen_grab.hpp"

#include <QDir>

namespace parking::kiosk {
namespace {

/// Longer than the screens' longest transition: two equal pictures this far apart are at rest.
constexpr int settle_ms = 150;

}  // namespace

ScreenGrab::ScreenGrab(QQuickWindow& window, QObject* parent) : QObject(parent), window_(window) {
  connect(&timer_, &QTimer::timeout, this, &ScreenGrab::look);
}

void ScreenGrab::once(const QString& file) {
  if (!file_.isEmpty()) return;
  file_ = file;
  timer_.start(settle_ms);
}

void ScreenGrab::on_change(const QString& dir, int period_ms) {
  dir_ = dir;
  timer_.start(period_ms);
}

void ScreenGrab::look() {
  QImage now = window_.grabWindow();
  const bool same = now == last_;
  last_ = std::move(now);
  if (dir_.isEmpty()) {
    if (!same) return;
    timer_.stop();
    emit done(last_.save(file_));
    return;
  }
  if (same) return;
  const auto name = QStringLiteral("screen-%1.png").arg(++number_, 4, 10, QLatin1Char('0'));
  if (!last_.save(QDir(dir_).filePath(name))) qWarning("cannot write %s", qPrintable(name));
}

}  // namespace parking::kiosk
