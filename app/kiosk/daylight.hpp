#pragma once

#include <QTime>

#include "app/kiosk/config.hpp"

namespace parking::kiosk {

/// Whether the night theme applies. `automatic` goes by the clock on the wall, 7:00 to 19:00 being
/// day: it only chooses colours, so a clock that is wrong after a power cut does no harm.
bool is_night(ThemeChoice theme, QTime time);

}  // namespace parking::kiosk
