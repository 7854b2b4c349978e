#pragma once

#include <expected>
#include <vector>

#include "tests/exhaustive/scope.hpp"

namespace parking::exhaustive {

/// The scopes that the words ask for, at least one; or what the program ends with, when its help or
/// what is wrong was printed.
std::expected<std::vector<Scope>, int> parse_options(int count, const char* const* words);

}  // namespace parking::exhaustive
