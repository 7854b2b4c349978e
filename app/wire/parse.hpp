#pragma once

#include <limits>
#include <string_view>

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

}  // namespace parking::wire
