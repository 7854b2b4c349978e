#include "app/kiosk/setup_check.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "app/core/types.hpp"

namespace parking::kiosk {
namespace {

using setup::Field;
using setup::Problem;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

Problem check_name(std::string_view text) {
  if (text == core::GateId::office().text()) return Problem::NameReserved;
  return core::GateId::parse(text) ? Problem::None : Problem::NameWrong;
}

template <typename Check>
bool all_parts(std::string_view text, Check check) {
  while (true) {
    const auto dot = text.find('.');
    if (!check(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool is_octet(std::string_view part) {
  int value = 0;
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
  return error == std::errc{} && end == part.data() + part.size() && part.size() <= 3 &&
         value >= 0 && value <= 255;
}

/// One label of a host name, RFC 1123.
bool is_label(std::string_view part) {
  constexpr std::size_t longest = 63;
  return !part.empty() && part.size() <= longest && part.front() != '-' && part.back() != '-' &&
         std::ranges::all_of(part, [](char c) { return is_digit(c) || is_letter(c) || c == '-'; });
}

Problem check_address(std::string_view text) {
  constexpr std::size_t longest_host_name = 253;
  const bool numbers = std::ranges::all_of(text, [](char c) { return is_digit(c) || c == '.'; });
  const bool good = numbers ? std::ranges::count(text, '.') == 3 && all_parts(text, is_octet)
                            : text.size() <= longest_host_name && all_parts(text, is_label);
  return good ? Problem::None : Problem::AddressWrong;
}

Problem check_port(std::string_view text) {
  constexpr int highest = 65'535;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good =
      error == std::errc{} && end == text.data() + text.size() && value >= 1 && value <= highest;
  return good ? Problem::None : Problem::PortWrong;
}

}  // namespace

Problem check_field(Field field, std::string_view text) {
  if (text.empty()) return Problem::Empty;
  switch (field) {
    case Field::Name:
      return check_name(text);
    case Field::Address:
    case Field::DiscoveryAddress:
      return check_address(text);
    case Field::Port:
    case Field::DiscoveryPort:
      break;
  }
  return check_port(text);
}

}  // namespace parking::kiosk
