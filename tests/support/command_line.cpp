#include "tests/support/command_line.hpp"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <utility>

namespace parking::test_support {

std::optional<int> parse(CLI::App& app, int count, const char* const* words) {
  try {
    app.parse(count, words);
    return std::nullopt;
  } catch (const CLI::Success&) {
    std::cout << app.help() << std::flush;
    return 0;
  } catch (const CLI::ParseError& error) {
    std::cerr << app.get_name() << ": " << error.what() << "; see " << app.get_name()
              << " --help\n";
    return wrong_usage;
  }
}

void refuse(const std::string& why) {
  throw CLI::ValidationError(why);
}

CLI::Validator whole_number(std::uint64_t least, std::uint64_t most) {
  const bool bounded = most < std::numeric_limits<std::uint64_t>::max();
  const std::string range = bounded ? std::to_string(least) + ".." + std::to_string(most) : "";
  const auto read = [least, most, bounded](std::string& text) -> std::string {
    std::uint64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole = fault == std::errc() && end == text.data() + text.size();
    if (!is_whole || number < least || number > most)
      return "\"" + text + "\" is no whole number from " + std::to_string(least) + " to " +
             (bounded ? std::to_string(most) : "2^64 - 1");
    text = std::to_string(number);  // without zeros in front, which CLI11 takes for octal
    return {};
  };
  return {read, range};
}

CLI::Validator one_of(const std::string& what, std::vector<std::string> names) {
  const auto is_known = [what, names = std::move(names)](const std::string& name) -> std::string {
    if (std::ranges::find(names, name) != names.end()) return {};
    return "no " + what + " is called \"" + name + "\"; there are " + list_of(names);
  };
  return {is_known, ""};
}

std::string list_of(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace parking::test_support
