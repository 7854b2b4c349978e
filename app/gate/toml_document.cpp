#include "app/gate/toml_document.hpp"

#include <algorithm>

#include <toml++/toml.h>

namespace parking::config {
namespace {

TomlNode convert(const toml::node& node) {
  TomlNode result;
  result.line = std::max<std::uint32_t>(1, node.source().begin.line);
  if (const auto* table = node.as_table()) {
    TomlNode::Table entries;
    for (const auto& [key, value] : *table) entries.emplace(key.str(), convert(value));
    result.value = std::move(entries);
  } else if (const auto* array = node.as_array()) {
    TomlNode::Array entries;
    for (const auto& value : *array) entries.push_back(convert(value));
    result.value = std::move(entries);
  } else if (const auto* text = node.as_string()) {
    result.value = text->get();
  } else if (const auto* integer = node.as_integer()) {
    result.value = integer->get();
  } else if (const auto* number = node.as_floating_point()) {
    result.value = number->get();
  } else if (const auto* boolean = node.as_boolean()) {
    result.value = boolean->get();
  }
  return result;
}

}  // namespace

std::expected<TomlNode, SyntaxError> parse_toml(std::string_view text) {
  try {
    return convert(toml::parse(text));
  } catch (const toml::parse_error& error) {
    std::string description(error.description());
    std::ranges::replace(description, '\n', ' ');
    return std::unexpected(
        SyntaxError{std::max<std::uint32_t>(1, error.source().begin.line), description});
  }
}

}  // namespace parking::config
