#include "app/wire/frame.hpp"

namespace parking::wire {
namespace {

constexpr std::size_t kept_capacity = 8192;

std::expected<std::size_t, Error> checked_size(std::size_t size) {
  if (size == 0) return std::unexpected(Error{"a frame without content"});
  if (size > max_payload_size)
    return std::unexpected(Error{"a frame of " + std::to_string(size) + " bytes; at most " +
                                 std::to_string(max_payload_size) + " are accepted"});
  return size;
}

std::array<std::uint8_t, frame_header_size> header_at(std::string_view bytes, std::size_t at) {
  std::array<std::uint8_t, frame_header_size> header{};
  for (std::size_t i = 0; i < header.size(); ++i)
    header[i] = static_cast<std::uint8_t>(bytes[at + i]);
  return header;
}

std::size_t announced(std::array<std::uint8_t, frame_header_size> header) {
  std::size_t size = 0;
  for (const std::uint8_t byte : header) size = size << 8 | byte;
  return size;
}

}  // namespace

std::expected<std::size_t, Error> payload_size(std::array<std::uint8_t, frame_header_size> header) {
  return checked_size(announced(header));
}

std::expected<std::string, Error> frame(std::string_view payload) {
  const auto size = checked_size(payload.size());
  if (!size) return std::unexpected(size.error());
  std::string bytes;
  bytes.reserve(frame_header_size + *size);
  for (int shift = 24; shift >= 0; shift -= 8)
    bytes.push_back(static_cast<char>(*size >> shift & 0xff));
  bytes += payload;
  return bytes;
}

std::expected<void, Error> FrameReader::feed(std::string_view bytes) {
  buffer_.erase(0, taken_);
  // A rare long frame must not cost its memory for as long as the connection lasts.
  if (buffer_.empty() && buffer_.capacity() > kept_capacity) buffer_.shrink_to_fit();
  checked_ -= taken_;
  taken_ = 0;
  buffer_ += bytes;
  while (checked_ + frame_header_size <= buffer_.size()) {
    const auto size = payload_size(header_at(buffer_, checked_));
    if (!size) return std::unexpected(size.error());
    checked_ += frame_header_size + *size;
  }
  return {};
}

std::optional<std::string> FrameReader::next() {
  // Below `checked_` lie only headers that feed() has accepted.
  if (taken_ >= checked_ || buffer_.size() < taken_ + frame_header_size) return std::nullopt;
  const std::size_t size = announced(header_at(buffer_, taken_));
  const std::size_t begin = taken_ + frame_header_size;
  if (buffer_.size() - begin < size) return std::nullopt;
  taken_ = begin + size;
  return buffer_.substr(begin, size);
}

}  // namespace parking::wire
