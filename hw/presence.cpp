#include "hw/presence.hpp"

namespace parking::hw {

std::string_view to_string(Presence presence) {
  switch (presence) {
    case Presence::unknown:
      return "unknown";
    case Presence::clear:
      return "clear";
    case Presence::present:
      return "present";
    case Presence::fault:
      return "fault";
  }
  return "unknown";
}

void PresenceSensor::report(const PresenceChange& change) {
  if (change.presence == presence_) return;
  presence_ = change.presence;
  if (handler_) handler_(change);
}

}  // namespace parking::hw
