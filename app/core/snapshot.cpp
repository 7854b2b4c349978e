#include "app/core/snapshot.hpp"

#include <array>

namespace parking::core {
namespace {

template <typename Enum, std::size_t N>
std::string_view name(const std::array<std::string_view, N>& names, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return index < N ? names[index] : "?";
}

using Names = std::string_view;

}  // namespace

std::string_view to_string(GateState value) {
  return name(std::array<Names, 8>{"setup", "joining", "in_service", "entries_held",
                                   "admissions_stopped", "leaving", "left", "retired"},
              value);
}

std::string_view to_string(LaneDirection value) {
  return name(std::array<Names, 3>{"entry", "exit", "both"}, value);
}

std::string_view to_string(LaneState value) {
  return name(std::array<Names, 8>{"idle", "deciding", "refused", "opening", "open", "passing",
                                   "locked", "fault"},
              value);
}

std::string_view to_string(RefusalReason value) {
  return name(
      std::array<Names, 10>{"", "lot_full", "no_permit_reachable", "joining", "entries_held",
                            "locked", "sensor_fault", "disk", "identity", "fire"},
      value);
}

std::string_view to_string(Presence value) {
  return name(std::array<Names, 4>{"unknown", "clear", "present", "fault"}, value);
}

std::string_view to_string(BarrierState value) {
  return name(std::array<Names, 4>{"unknown", "closed", "opening", "open"}, value);
}

std::string_view to_string(LinkState value) {
  return name(std::array<Names, 4>{"alive", "late", "gone", "retired"}, value);
}

}  // namespace parking::core
