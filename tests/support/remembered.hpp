#pragma once

#include <string>

#include "app/core/record.hpp"

namespace parking::test_support {

/// What a store has after one more record: the store's own rules without its file.
void apply(const core::Record& record, core::Remembered& to);

/// In what two stores differ; empty when they hold the same. Rows of others have no order, and one
/// that came without its bytes is stored as its own encoding.
std::string difference(const core::Remembered& expected, const core::Remembered& found);

}  // namespace parking::test_support
