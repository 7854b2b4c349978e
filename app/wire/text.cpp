#include "app/wire/text.hpp"

#include <cstdint>

namespace parking::wire {
namespace {

bool is_continuation(char c) {
  return (static_cast<std::uint8_t>(c) & 0xc0) == 0x80;
}

/// Length of the well-formed character at the front of `text` (RFC 3629, table in section 4), or 0.
std::size_t character_size(std::string_view text) {
  const auto first = static_cast<std::uint8_t>(text.front());
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const std::size_t size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i)
    if (!is_continuation(text[i])) return 0;
  const auto second = static_cast<std::uint8_t>(text[1]);
  const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool surrogate = first == 0xed && second > 0x9f;
  const bool beyond_unicode = first == 0xf4 && second > 0x8f;
  return overlong || surrogate || beyond_unicode ? 0 : size;
}

/// C0, DEL and C1 (U+0080 to U+009F), which terminals obey as well.
bool is_control(std::string_view character) {
  const auto first = static_cast<std::uint8_t>(character.front());
  if (character.size() == 1) return first < 0x20 || first == 0x7f;
  return character.size() == 2 && first == 0xc2 && static_cast<std::uint8_t>(character[1]) < 0xa0;
}

/// Takes the next character, or one byte that is none, off the front of `text`.
std::string_view take_character(std::string_view& text) {
  const std::size_t size = character_size(text);
  const std::string_view character = text.substr(0, size == 0 ? 1 : size);
  text.remove_prefix(character.size());
  return character;
}

}  // namespace

std::string harmless(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::string_view character = take_character(text);
    // A byte that is no UTF-8 may be C1 to a terminal that expects none.
    const bool obeyed = is_control(character) ||
                        (character.size() == 1 && static_cast<std::uint8_t>(character[0]) >= 0x80);
    result += obeyed ? std::string_view("?") : character;
  }
  return result;
}

std::string reason_fault(std::string_view text) {
  std::size_t characters = 0;
  while (!text.empty()) {
    if (character_size(text) == 0)
      return "is not UTF-8; write it in plain letters, or set the terminal to UTF-8";
    if (is_control(take_character(text)))
      return "has a line break or another control character; write one plain line";
    ++characters;
  }
  return characters <= longest_reason
             ? ""
             : "has " + std::to_string(characters) + " characters; at most " +
                   std::to_string(longest_reason) + " are kept";
}

std::string readable(std::string_view text, std::size_t longest) {
  std::string result;
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    const std::size_t taken = size == 0 ? 1 : size;
    if (result.size() + taken > longest) break;
    result += size == 0 ? std::string_view("?") : text.substr(0, size);
    text.remove_prefix(taken);
  }
  return result;
}

}  // namespace parking::wire
