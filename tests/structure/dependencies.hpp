#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/structure/source_tree.hpp"

namespace parking::structure {

/// What the files of one folder, and of the folders below it, may include besides their own.
struct Rule {
  std::string_view folder;
  std::vector<std::string_view> ours;      ///< folders (ending with /) or single headers
  std::vector<std::string_view> external;  ///< what an <...> may begin with
  bool system = true;                      ///< headers of Linux and POSIX, such as <unistd.h>
};

/// The table of ARCHITECTURE.md. tests/ is not in it: tests may include anything.
const std::vector<Rule>& rules();

/// The rule of the innermost folder; none for tests/.
const Rule* rule_for(std::string_view path);

/// `std::expected` and friends: no dot in the name, or one of C's headers as C++ has them.
bool is_standard(std::string_view header);
/// Of the C library and Linux: `sys/socket.h`, `unistd.h`.
bool is_system(std::string_view header);

/// Why a file of `rule` may not have this line; nothing when it may.
std::optional<std::string> objection(const Rule& rule, const SourceFile& file,
                                     const Include& include);

}  // namespace parking::structure
