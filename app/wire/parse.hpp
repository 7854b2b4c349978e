#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <string_view>

#include <google/protobuf/arena.h>
#include <google/protobuf/message_lite.h>
#include <google/protobuf/stubs/logging.h>

namespace parking::wire {

/// Whether `bytes` are a message of that kind. What is wrong with them is the caller's to say:
/// Protobuf's own lines on stderr would let any stranger fill the log.
inline bool parse(std::string_view bytes, google::protobuf::MessageLite& out) {
  static const auto silenced = google::protobuf::SetLogHandler(nullptr);
  static_cast<void>(silenced);
  if (bytes.size() > std::numeric_limits<int>::max()) return false;
  return out.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

/// Room for one Protobuf message and its parts, so that a message of usual size needs no heap.
class Scratch {
public:
  Scratch() : arena_(options(room_)) {}
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  /// A new, empty message; lives as long as this.
  template <typename M>
  M& make() {
    return *google::protobuf::Arena::CreateMessage<M>(&arena_);
  }

private:
  /// A reply with a row of 16 gifts takes about 1.5 KiB.
  using Room = std::array<char, 4096>;

  static google::protobuf::ArenaOptions options(Room& room) {
    google::protobuf::ArenaOptions options;
    options.initial_block = room.data();
    options.initial_block_size = room.size();
    return options;
  }

  alignas(std::max_align_t) Room room_;
  google::protobuf::Arena arena_;
};

}  // namespace parking::wire
