#include "app/core/alarms.hpp"

namespace parking::core {

bool Alarms::raise(const std::string& code, const std::string& lane, const std::string& text,
                   Instant now) {
  const auto [alarm, is_new] = alarms_.try_emplace({code, lane}, Alarm{text, now});
  if (!is_new) alarm->second.text = text;
  return is_new;
}

// Called for many codes in each step; usually nothing is raised.
void Alarms::clear(std::string_view code, std::string_view lane) {
  std::erase_if(alarms_, [&](const auto& alarm) {
    return alarm.first.first == code && alarm.first.second == lane;
  });
}

bool Alarms::raised(const std::string& code, const std::string& lane) const {
  return alarms_.contains({code, lane});
}

std::vector<AlarmView> Alarms::view(Instant now) const {
  std::vector<AlarmView> view;
  view.reserve(alarms_.size());
  for (const auto& [key, alarm] : alarms_)
    view.push_back({key.first, key.second, now - alarm.since, alarm.text});
  return view;
}

}  // namespace parking::core
