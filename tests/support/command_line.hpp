#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace parking::test_support {

/// What programs end with when they were called wrongly, as parkingctl does.
inline constexpr int wrong_usage = 2;

/// Fills in what `app`, which has a name, describes. A number: the program ends with it; its help
/// or what is wrong with the words was printed.
std::optional<int> parse(CLI::App& app, int count, const char* const* words);

/// Wrong usage that CLI11 does not find by itself; to be called within `parse`.
[[noreturn]] void refuse(const std::string& why);

/// For Option::transform: decimal digits alone. CLI11 itself takes -1 and 2^64 for 2^64 - 1.
CLI::Validator whole_number(std::uint64_t least,
                            std::uint64_t most = std::numeric_limits<std::uint64_t>::max());

/// For Option::check: one of the names; an error lists them. `what`: "kind of fault".
CLI::Validator one_of(const std::string& what, std::vector<std::string> names);

/// "a, b, c"
std::string list_of(const std::vector<std::string>& names);

}  // namespace parking::test_support
