#pragma once

#include <memory>

#include "app/store/store.hpp"

namespace parking::store {

/// Stands in for a store that could not be opened, as one that has failed from its beginning:
/// remembers nothing, takes nothing, and nothing is ever durable. Its incarnation is drawn from
/// `random` and must not leave this machine. `why` is what opening said.
std::unique_ptr<Store> absent_store(Error why, const core::Random& random);

}  // namespace parking::store
