#pragma once

#include <QAbstractListModel>
#include <algorithm>
#include <utility>
#include <vector>

namespace parking::kiosk {

/// A list model over plain rows that are replaced as a whole: what is the same stays untouched, so
/// that the screen redraws only what changed.
template <typename Row>
class RowsModel : public QAbstractListModel {
public:
  using QAbstractListModel::QAbstractListModel;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
    return parent.isValid() ? 0 : size();
  }

protected:
  [[nodiscard]] int size() const { return static_cast<int>(rows_.size()); }
  [[nodiscard]] bool has(const QModelIndex& index) const {
    return index.isValid() && index.row() >= 0 && index.row() < size();
  }
  [[nodiscard]] const Row& row(int number) const { return rows_[static_cast<std::size_t>(number)]; }

  void assign(std::vector<Row> rows) {
    const int wanted = static_cast<int>(rows.size());
    if (wanted < size()) {
      beginRemoveRows({}, wanted, size() - 1);
      rows_.resize(rows.size());
      endRemoveRows();
    }
    for (int i = 0; i < size(); ++i) replace(i, rows[static_cast<std::size_t>(i)]);
    if (wanted > size()) {
      beginInsertRows({}, size(), wanted - 1);
      rows_.insert(rows_.end(), rows.begin() + size(), rows.end());
      endInsertRows();
    }
  }

  void replace(int number, const Row& with) {
    auto& there = rows_[static_cast<std::size_t>(number)];
    if (there == with) return;
    there = with;
    emit dataChanged(index(number), index(number));
  }

private:
  std::vector<Row> rows_;
};

}  // namespace parking::kiosk
