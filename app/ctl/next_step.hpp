#pragma once

#include <optional>
#include <string>

#include "app/core/snapshot.hpp"
#include "app/wire/local.hpp"

namespace parking::ctl {

/// After a command that was taken: what happens now and what is to be done, as one line; empty when
/// nothing is. `after` is the state that came with the answer.
std::string next_step(const wire::LocalRequest& done, const std::optional<core::Snapshot>& after);

}  // namespace parking::ctl
