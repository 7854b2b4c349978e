#pragma once

#include <QString>

#include <QtQml/qqmlregistration.h>

#include "app/core/snapshot.hpp"
#include "app/kiosk/rows_model.hpp"

namespace parking::kiosk {

/// The other gates, as few as fit a discreet row: when some are in trouble, those alone. Retired
/// gates are not shown, nor is the office, which no driver can drive to.
class PeerModel : public RowsModel<core::PeerView> {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("Part of ScreenModel")
  /// Gates beyond those listed.
  Q_PROPERTY(int more READ more NOTIFY changed)

public:
  enum Role { NameRole = Qt::UserRole, LinkRole, AgeTextRole };
  enum Link { Alive, Late, Gone };
  Q_ENUM(Link)

  /// What fits beside the label of the number at 800x480; trouble needs more words.
  static constexpr std::size_t most_shown = 4;
  static constexpr std::size_t most_troubled = 2;

  using RowsModel::RowsModel;

  void set(std::vector<core::PeerView> peers);
  [[nodiscard]] int more() const { return more_; }

  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

signals:
  void changed();

private:
  int more_ = 0;
};

}  // namespace parking::kiosk
