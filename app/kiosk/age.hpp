#pragma once

#include <QString>

#include "app/core/snapshot.hpp"

namespace parking::kiosk {

/// Figures younger than this are as good as new: the next exchange is at most seconds away.
inline constexpr core::Duration old_figures = std::chrono::seconds(10);

/// "40 s", "3 min", "2 h": one unit, rounded down, never below 1 s.
QString age_text(core::Duration age);

}  // namespace parking::kiosk
