#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "app/wire/error.hpp"

namespace parking::wire {

/// A frame is a length (4 bytes, big-endian, of the payload alone) and the payload.
inline constexpr std::size_t frame_header_size = 4;

/// Longest payload. All rows of 50 gates are about 62 kB; anything longer is garbage or an attack.
inline constexpr std::size_t max_payload_size = std::size_t{64} * 1024;

/// Error: the announced length is 0 or above `max_payload_size`. Nothing is allocated before that
/// is known.
std::expected<std::size_t, Error> payload_size(std::array<std::uint8_t, frame_header_size> header);

/// Header and payload in one string. Error: the payload is empty or too long.
std::expected<std::string, Error> frame(std::string_view payload);

/// Takes frames out of a stream that arrives in pieces.
class FrameReader {
public:
  /// Appends what arrived. Error as for payload_size, for any frame that begins in what arrived;
  /// the reader is of no use afterwards.
  std::expected<void, Error> feed(std::string_view bytes);
  /// The next complete payload, or nothing yet.
  std::optional<std::string> next();
  /// After `next` gave nothing: a frame was begun and is not complete.
  [[nodiscard]] bool in_frame() const { return taken_ < buffer_.size(); }

private:
  std::string buffer_;
  std::size_t taken_ = 0;    ///< bytes of the buffer that `next` has given out
  std::size_t checked_ = 0;  ///< where the first header stands whose length is not checked yet
};

}  // namespace parking::wire
