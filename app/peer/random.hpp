#pragma once

#include "app/core/types.hpp"

namespace parking::peer {

/// Random bits from the operating system: for incarnations, tags and jitter.
core::Random strong_random();

}  // namespace parking::peer
