#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/core/snapshot.hpp"
#include "app/core/types.hpp"

namespace parking::core {

/// What an operator should look at, until it is over. One alarm per code and lane.
class Alarms {
public:
  /// Returns whether it is new: only then it belongs into the history.
  bool raise(const std::string& code, const std::string& lane, const std::string& text,
             Instant now);
  void clear(std::string_view code, std::string_view lane = {});
  [[nodiscard]] bool raised(const std::string& code, const std::string& lane = {}) const;
  [[nodiscard]] std::vector<AlarmView> view(Instant now) const;

private:
  struct Alarm {
    std::string text;
    Instant since;
  };
  std::map<std::pair<std::string, std::string>, Alarm> alarms_;
};

}  // namespace parking::core
