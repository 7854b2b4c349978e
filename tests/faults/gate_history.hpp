#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "tests/integration/local_link.hpp"

namespace parking::faults {

/// The events that one store of a gate has written down, counted by kind. What stands there is
/// durable.
class GateHistory {
public:
  explicit GateHistory(std::filesystem::path socket) : link_(std::move(socket)) {}

  /// False: nobody answers.
  bool read();
  [[nodiscard]] int count(const std::string& kind) const;
  /// Of settled admissions, those that drove in.
  [[nodiscard]] int settled_as_entered() const { return settled_as_entered_; }
  /// The gate has a new store; what the old one held is no longer asked for.
  void begin_anew();
  /// What was written so far was another's doing: begin with what comes next.
  void skip();

private:
  integration::LocalLink link_;
  std::uint64_t last_ = 0;
  std::map<std::string, int> counts_;
  int settled_as_entered_ = 0;
};

}  // namespace parking::faults
