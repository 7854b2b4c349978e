#pragma once

#include <span>
#include <string_view>

#include "app/core/planted.hpp"

namespace parking::sim {

struct NamedBug {
  core::Bug bug;
  std::string_view name;
};

/// Every mistake that can be planted, in the order of core::Bug.
std::span<const NamedBug> bugs();

}  // namespace parking::sim
