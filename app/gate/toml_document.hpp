#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace parking::config {

/// One value of a TOML file with the line it stands on. A small tree of our own, so that nobody
/// else depends on the parser (and on its exceptions).
struct TomlNode {
  using Table = std::map<std::string, TomlNode, std::less<>>;
  using Array = std::vector<TomlNode>;
  /// TOML's dates and times, which no configuration of ours uses.
  struct Unsupported {};

  std::uint32_t line = 1;
  std::variant<Unsupported, std::string, std::int64_t, double, bool, Array, Table> value;
};

/// Where the text is not TOML.
struct SyntaxError {
  std::uint32_t line = 1;
  std::string text;
};

/// The root is always a table.
std::expected<TomlNode, SyntaxError> parse_toml(std::string_view text);

}  // namespace parking::config
