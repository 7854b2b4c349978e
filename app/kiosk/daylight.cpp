#include "app/kiosk/daylight.hpp"

namespace parking::kiosk {

bool is_night(ThemeChoice theme, QTime time) {
  constexpr int first_hour_of_day = 7;
  constexpr int first_hour_of_night = 19;
  if (theme != ThemeChoice::automatic) return theme == ThemeChoice::night;
  return time.hour() < first_hour_of_day || time.hour() >= first_hour_of_night;
}

}  // namespace parking::kiosk
