#pragma once

#include <QString>

#include <QtQml/qqmlregistration.h>

#include "app/core/snapshot.hpp"
#include "app/kiosk/rows_model.hpp"

namespace parking::kiosk {

/// The lanes of this gate, for the demo panel.
class LaneModel : public RowsModel<core::LaneView> {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("Part of ScreenModel")

public:
  enum Role { NameRole = Qt::UserRole, DirectionRole, ApproachRole, PassageRole };
  enum Direction { Entry, Exit, Both };
  Q_ENUM(Direction)

  using RowsModel::RowsModel;

  void set(const std::vector<core::LaneView>& lanes) { assign(lanes); }
  /// The lane of this name; for an empty name the first that lets cars in, else the first.
  /// Null: there is none.
  [[nodiscard]] const core::LaneView* find(const std::string& name) const;

  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
};

}  // namespace parking::kiosk
