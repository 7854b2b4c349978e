#include "app/kiosk/peer_model.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "app/core/types.hpp"
#include "app/kiosk/age.hpp"

namespace parking::kiosk {
namespace {

PeerModel::Link to_link(core::LinkState state) {
  switch (state) {
    case core::LinkState::alive:
      return PeerModel::Alive;
    case core::LinkState::late:
      return PeerModel::Late;
    case core::LinkState::gone:
    case core::LinkState::retired:
      break;
  }
  return PeerModel::Gone;
}

}  // namespace

void PeerModel::set(std::vector<core::PeerView> peers) {
  std::erase_if(peers, [](const auto& peer) {
    return peer.state == core::LinkState::retired || peer.id == core::GateId::office().text();
  });
  std::ranges::stable_sort(peers, std::ranges::greater{},
                           [](const auto& peer) { return to_link(peer.state); });
  const auto troubled = static_cast<std::size_t>(std::ranges::count_if(
      peers, [](const auto& peer) { return peer.state != core::LinkState::alive; }));
  const auto room = troubled > 0 ? std::min(troubled, most_troubled) : most_shown;
  const auto beyond = peers.size() > room ? peers.size() - room : 0;
  peers.resize(peers.size() - beyond);
  // The age of a living link is not shown; without it most snapshots change nothing here.
  for (auto& peer : peers)
    if (peer.state == core::LinkState::alive) peer.age = core::Duration{0};
  assign(std::move(peers));
  if (more_ == static_cast<int>(beyond)) return;
  more_ = static_cast<int>(beyond);
  emit changed();
}

QVariant PeerModel::data(const QModelIndex& index, int role) const {
  if (!has(index)) return {};
  const auto& peer = row(index.row());
  switch (role) {
    case NameRole:
      return QString::fromStdString(peer.id);
    case LinkRole:
      return to_link(peer.state);
    case AgeTextRole:
      return peer.state == core::LinkState::alive ? QString() : age_text(peer.age);
    default:
      return {};
  }
}

QHash<int, QByteArray> PeerModel::roleNames() const {
  return {{NameRole, "name"}, {LinkRole, "link"}, {AgeTextRole, "ageText"}};
}

}  // namespace parking::kiosk
