#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QString>
#include <QStringList>
#include <deque>
#include <map>

#include "app/kiosk/gate_requests.hpp"
#include "app/kiosk/screen_model.hpp"

namespace parking::test {

/// What the tests of the screens hold in their hands: models to show and situations to put them
/// in, without a gate.
class Bench : public QObject, public kiosk::RequestSink {
  Q_OBJECT
  /// What the pages have asked of the gate, in words, oldest first.
  Q_PROPERTY(QStringList asked READ asked NOTIFY asked_changed)
  Q_PROPERTY(QString pictureDir READ picture_dir CONSTANT)
  Q_PROPERTY(QStringList situations READ situations CONSTANT)

public:
  explicit Bench(QString picture_dir) : picture_dir_(std::move(picture_dir)) {}

  /// `theme` is "day" or "night". The model lives as long as its caller keeps it.
  Q_INVOKABLE parking::kiosk::ScreenModel* make(const QString& theme, int rotation,
                                                const QString& lane);
  /// Puts the model in one of `situations`.
  Q_INVOKABLE void show(parking::kiosk::ScreenModel* model, const QString& situation);
  /// Answers the oldest unanswered request; empty: done.
  Q_INVOKABLE void answer(const QString& error);
  Q_INVOKABLE void forget();

  void send(wire::LocalRequest request, Done done) override;

  [[nodiscard]] QStringList asked() const { return asked_; }
  [[nodiscard]] QString picture_dir() const { return picture_dir_; }
  [[nodiscard]] QStringList situations() const;

signals:
  void asked_changed();

private:
  QString picture_dir_;
  QStringList asked_;
  std::deque<Done> waiting_;
};

}  // namespace parking::test
