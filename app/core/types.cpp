#include "app/core/types.hpp"

#include <algorithm>
#include <array>

namespace parking::core {
namespace {

constexpr std::size_t longest_gate_id = 32;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

std::string hexadecimal(std::uint64_t value) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(16, '0');
  for (auto place = text.rbegin(); place != text.rend(); ++place, value >>= 4)
    *place = digits[value & 0xf];
  return text;
}

}  // namespace

std::expected<GateId, std::string> GateId::parse(std::string_view text) {
  if (text.empty()) return std::unexpected("a gate needs a name, for example \"north\"");
  if (text.size() > longest_gate_id)
    return std::unexpected("the gate's name is longer than 32 characters; use a shorter one");
  const bool well_formed =
      is_letter_or_digit(text.front()) && std::ranges::all_of(text, [](char c) {
        return is_letter_or_digit(c) || c == '-' || c == '_';
      });
  if (!well_formed)
    return std::unexpected(
        "a gate's name is made of a-z, 0-9, - and _ and starts with a letter or digit");
  if (text == office().text())
    return std::unexpected("\"office\" is the central Pi's own name; use another one");
  return GateId(std::string(text));
}

GateId GateId::office() {
  return GateId("office");
}

bool GateId::is_office() const {
  return text_ == "office";
}

std::string to_string(Incarnation incarnation) {
  return hexadecimal(incarnation.value);
}

std::string to_string(LotId lot) {
  return hexadecimal(lot.value);
}

}  // namespace parking::core
