#pragma once

#include <expected>
#include <vector>

#include "hw/lines.hpp"

namespace parking::hw {

/// An edge as the kernel reports it.
struct RawEvent {
  InputId line;
  bool active;
  Timestamp at;
};

struct Drained {
  std::vector<RawEvent> events;
  /// The kernel's buffer was full: events are missing and levels may have changed unseen.
  bool lost = false;
};

/// The seam between RequestedLines and one version of libgpiod. Destroying it releases the lines.
class LineRequest {
public:
  LineRequest() = default;
  LineRequest(const LineRequest&) = delete;
  LineRequest& operator=(const LineRequest&) = delete;
  virtual ~LineRequest() = default;

  /// Readable when there are events. They stay open and the same while the request lives.
  [[nodiscard]] virtual std::vector<int> event_fds() const = 0;
  /// Takes all events that the kernel has, in no particular order between lines. Never blocks.
  [[nodiscard]] virtual std::expected<Drained, Error> drain() = 0;
  [[nodiscard]] virtual std::expected<bool, Error> read(InputId line) = 0;
  [[nodiscard]] virtual std::expected<void, Error> write(OutputId line, bool active) = 0;
};

}  // namespace parking::hw
