#include "app/kiosk/lane_model.hpp"

namespace parking::kiosk {
namespace {

LaneModel::Direction to_direction(core::LaneDirection direction) {
  switch (direction) {
    case core::LaneDirection::entry:
      return LaneModel::Entry;
    case core::LaneDirection::exit:
      return LaneModel::Exit;
    case core::LaneDirection::both:
      break;
  }
  return LaneModel::Both;
}

}  // namespace

const core::LaneView* LaneModel::find(const std::string& name) const {
  for (int i = 0; i < size(); ++i)
    if (name.empty() ? row(i).direction != core::LaneDirection::exit : row(i).name == name)
      return &row(i);
  return name.empty() && size() > 0 ? &row(0) : nullptr;
}

QVariant LaneModel::data(const QModelIndex& index, int role) const {
  if (!has(index)) return {};
  const auto& lane = row(index.row());
  switch (role) {
    case NameRole:
      return QString::fromStdString(lane.name);
    case DirectionRole:
      return to_direction(lane.direction);
    case ApproachRole:
      return lane.approach == core::Presence::present;
    case PassageRole:
      return lane.passage == core::Presence::present;
    default:
      return {};
  }
}

QHash<int, QByteArray> LaneModel::roleNames() const {
  return {{NameRole, "name"},
          {DirectionRole, "direction"},
          {ApproachRole, "approach"},
          {PassageRole, "passage"}};
}

}  // namespace parking::kiosk
