#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace parking::fuzz {

inline std::string_view text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Stops the fuzzer, which then keeps the input.
inline void must(bool holds) {
  if (!holds) std::abort();
}

/// What decodes must encode again, and decode to the same value.
template <typename Encode, typename Decode>
void survives_a_round_trip(std::string_view bytes, Encode encode, Decode decode) {
  const auto first = decode(bytes);
  if (!first) {
    must(!first.error().text.empty());
    return;
  }
  const auto second = decode(encode(*first));
  must(second.has_value());
  must(*second == *first);
}

}  // namespace parking::fuzz
