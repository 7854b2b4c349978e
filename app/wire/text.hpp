#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parking::wire {

/// Longest texts that are accepted, in bytes of UTF-8.
inline constexpr std::size_t longest_address = 255;  ///< host:port
inline constexpr std::size_t longest_name = 200;     ///< of a lot, a lane, a kind of event
inline constexpr std::size_t longest_text = 1000;    ///< sentences for people
/// In characters: why somebody did something, for the history.
inline constexpr std::size_t longest_reason = 200;

/// `text` as UTF-8 of at most `longest` bytes: cut at a character, and every byte that is not
/// UTF-8 replaced by '?'. What people typed must never make a message unreadable.
std::string readable(std::string_view text, std::size_t longest);

/// `text` with every control character replaced by '?': it neither breaks a line nor steers a
/// terminal.
std::string harmless(std::string_view text);

/// What makes `text` unfit to be a reason, as "is too long"; empty when it is fit.
std::string reason_fault(std::string_view text);

}  // namespace parking::wire
