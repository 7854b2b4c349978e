#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace parking::integration {

/// A stranger on a program's port: sends whatever bytes the test wants.
class RawClient {
public:
  /// `127.0.0.1:PORT`. Throws std::runtime_error when nobody listens.
  explicit RawClient(const std::string& address);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// False when the other side has closed.
  bool send(std::string_view bytes);
  /// Whether the other side closes within `deadline`; what it sends before is thrown away.
  bool is_closed_within(std::chrono::milliseconds deadline);

private:
  int socket_ = -1;
};

}  // namespace parking::integration
