#pragma once

#include "app/core/messages.hpp"

namespace parking::test_support {

/// The highest version of that row which the message shows or speaks of.
core::Version version_in(const core::Message& message, core::Incarnation of);

}  // namespace parking::test_support
