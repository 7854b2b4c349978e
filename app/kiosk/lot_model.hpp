#pragma once

#include <QObject>
#include <QString>
#include <string>

#include <QtQml/qqmlregistration.h>

#include "app/core/snapshot.hpp"

namespace parking::kiosk {

/// The figures of the lot as a driver sees them.
class LotModel : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("Part of ScreenModel")
  Q_PROPERTY(QString name READ name NOTIFY changed)
  Q_PROPERTY(int freeSpaces READ free_spaces NOTIFY changed)
  Q_PROPERTY(bool full READ full NOTIFY changed)
  /// False until the gate has heard of its lot: then a number, 0 above all, would be a lie.
  Q_PROPERTY(bool known READ known NOTIFY changed)
  /// How many digits the number needs room for, at least two.
  Q_PROPERTY(int digits READ digits NOTIFY changed)
  /// Whether drivers should know how old the figures are.
  Q_PROPERTY(bool old READ old NOTIFY changed)
  /// Kept up to date only while `old`.
  Q_PROPERTY(QString ageText READ age_text NOTIFY changed)

public:
  using QObject::QObject;

  void set(const core::LotView& lot);

  [[nodiscard]] QString name() const { return QString::fromStdString(lot_.name); }
  /// Within 0..capacity whatever the gate sends.
  [[nodiscard]] int free_spaces() const;
  [[nodiscard]] bool full() const { return known() && free_spaces() == 0; }
  [[nodiscard]] bool known() const { return lot_.capacity > 0; }
  [[nodiscard]] int digits() const;
  [[nodiscard]] bool old() const;
  [[nodiscard]] QString age_text() const;

signals:
  void changed();

private:
  /// What `changed` speaks for: the age changes all the time, and mostly it does not matter.
  struct Shown {
    std::string name;
    int free_spaces;
    bool known;
    QString old_age;
    bool operator==(const Shown&) const = default;
  };
  [[nodiscard]] Shown shown() const;

  core::LotView lot_;
};

}  // namespace parking::kiosk
