#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/core/gate_core.hpp"
#include "app/wire/local.hpp"

/// Whom a local request is for, and what it is to that program's core.
namespace parking::wire {

enum class Program : std::uint8_t { gate, central };

/// One line that says where to ask, when `request` is not for `here`; otherwise empty.
std::string asked_elsewhere(const LocalRequest& request, Program here);

/// The operator's command as the core takes it. Nothing for requests that only show something or
/// are the program's own affair (sensors, setup), and for ImportRequest, whose file is read first.
std::optional<core::Input> command_of(const LocalRequest& request);

}  // namespace parking::wire
